package dev.idem.cli.command.evaluation;

import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.plugin.Kind;
import dev.idem.cli.plugin.PluginMetric;
import dev.idem.cli.plugin.UsedPlugins;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.runs.catalogue.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plug-in metrics that an evaluation measures, and their entries in its provenance. */
final class ContributedMetrics {

  private static final String KEY = "plug-ins";

  private final Catalogue<DistributionMetric> metrics;
  private final List<String> chosen;

  ContributedMetrics(Catalogue<DistributionMetric> metrics, List<String> chosen) {
    this.metrics = metrics;
    this.chosen = List.copyOf(chosen);
  }

  /** The metrics, each under the name it was selected by. */
  List<DistributionMetric> all() {
    return chosen.stream()
        .<DistributionMetric>map(
            name -> new PluginMetric(name, metrics.origin(name), metrics.get(name)))
        .toList();
  }

  /** The environment, and the jars of the metrics. */
  Map<String, String> provenance(TrainingEngine engine) {
    Map<String, String> provenance = new LinkedHashMap<>(Environment.of(engine));
    UsedPlugins used = new UsedPlugins();
    chosen.forEach(name -> used.add(Kind.METRIC, name, metrics.origin(name)));
    if (!used.isEmpty()) {
      provenance.put(KEY, used.sentence());
    }
    return provenance;
  }
}
