package dev.idem.cli.command.evaluation;

import dev.idem.api.check.Suggestions;
import dev.idem.eval.evaluation.Measure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The metrics that an evaluation measures. */
final class MeasureOptions {

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      description =
          "Metrics to measure: idempotency, frechet, kernel, precision, recall, density, coverage,"
              + " logistic-accuracy, trees-accuracy, memorisation, classes, restoration, or those"
              + " of plug-ins. Default: all.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--without",
      paramLabel = "NAME",
      split = ",",
      description = "Metrics to leave out; trees-accuracy is the slowest.")
  private List<String> without = new ArrayList<>();

  /**
   * What is measured.
   *
   * @param measures idem's own
   * @param contributed metrics of plug-ins, by name
   */
  record Chosen(Set<Measure> measures, List<String> contributed) {}

  Chosen chosen(List<String> contributed, CommandSpec spec) {
    Set<Measure> chosen = only.isEmpty() ? Measure.all() : named(only, contributed, spec);
    chosen.removeAll(named(without, contributed, spec));
    List<String> others =
        contributed.stream()
            .filter(name -> only.isEmpty() || only.contains(name))
            .filter(name -> !without.contains(name))
            .toList();
    if (chosen.isEmpty() && others.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--without leaves nothing to measure; name fewer metrics");
    }
    return new Chosen(chosen, others);
  }

  private static Set<Measure> named(
      List<String> names, List<String> contributed, CommandSpec spec) {
    List<String> known = new ArrayList<>(Measure.labels());
    known.addAll(contributed);
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    for (String name : names) {
      if (contributed.contains(name)) {
        continue;
      }
      measures.add(
          Measure.labelled(name)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(), Suggestions.unknown("metric", name, known))));
    }
    return measures;
  }
}
