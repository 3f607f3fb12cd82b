package dev.idem.cli.command;

import dev.idem.api.check.Suggestions;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.command.Subcommand.UsageException;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.PluginJar.UsedPlugin;
import dev.idem.cli.plugin.PluginMetric;
import dev.idem.cli.plugin.Plugins;
import dev.idem.cli.plugin.Plugins.Part;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.evaluation.Measure;
import dev.idem.runs.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The metrics that an evaluation measures. */
final class MeasureOptions {

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      description =
          "Metrics to measure: idempotency, frechet, kernel, precision, recall, density, coverage,"
              + " logistic-accuracy, trees-accuracy, memorisation, classes, restoration, or those of plug-ins. Default: all.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--without",
      paramLabel = "NAME",
      split = ",",
      description = "Metrics to leave out; trees-accuracy is the slowest.")
  private List<String> without = new ArrayList<>();

  /** What is measured: metrics of idem's own, and those of plug-ins by name. */
  record Chosen(Set<Measure> measures, List<String> contributed) {

    /** The metrics of plug-ins, each under the name it was selected by. */
    List<DistributionMetric> metrics(Catalogue<DistributionMetric> catalogue) {
      return contributed.stream()
          .<DistributionMetric>map(
              name -> new PluginMetric(name, catalogue.origin(name), catalogue.get(name)))
          .toList();
    }

    /** The environment, and the plug-ins of the metrics. */
    Map<String, String> provenance(TrainingEngine engine, Plugins plugins) {
      Map<String, String> provenance = new LinkedHashMap<>(Environment.of(engine));
      List<UsedPlugin> used =
          plugins.used(contributed.stream().map(name -> new Part(Kind.METRIC, name)).toList());
      if (!used.isEmpty()) {
        provenance.put("plug-ins", UsedPlugin.sentence(used));
      }
      return provenance;
    }
  }

  Chosen chosen(List<String> contributed) {
    Set<Measure> chosen = only.isEmpty() ? Measure.all() : named(only, contributed);
    chosen.removeAll(named(without, contributed));
    List<String> others =
        contributed.stream()
            .filter(name -> only.isEmpty() || only.contains(name))
            .filter(name -> !without.contains(name))
            .toList();
    if (chosen.isEmpty() && others.isEmpty()) {
      throw new UsageException("--without leaves nothing to measure; name fewer metrics");
    }
    return new Chosen(chosen, others);
  }

  private static Set<Measure> named(List<String> names, List<String> contributed) {
    List<String> known = new ArrayList<>(Measure.labels());
    known.addAll(contributed);
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    for (String name : names) {
      if (!contributed.contains(name)) {
        measures.add(
            Measure.labelled(name)
                .orElseThrow(() -> new UsageException(Suggestions.unknown("metric", name, known))));
      }
    }
    return measures;
  }
}
