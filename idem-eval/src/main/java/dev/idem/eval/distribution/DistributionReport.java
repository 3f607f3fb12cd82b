package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import java.util.List;

/**
 * The result of a {@link DistributionEvaluation}.
 *
 * @param space the feature space's name
 * @param width its number of features
 * @param real how many real samples were given
 * @param generated how many generated samples were given
 * @param results one per metric
 * @param notes on the samples as a whole; empty if there is nothing to say
 */
public record DistributionReport(
    String space,
    int width,
    int real,
    int generated,
    List<MetricResult> results,
    List<String> notes) {

  public DistributionReport {
    results = List.copyOf(results);
    notes = List.copyOf(notes);
  }

  /**
   * The result of the metric of that name.
   *
   * @throws IllegalArgumentException if there is none, with the names that there are
   */
  public MetricResult result(String name) {
    return Require.known(
        results.stream().filter(r -> r.name().equals(name)).findFirst().orElse(null),
        "metric",
        name,
        results.stream().map(MetricResult::name).toList());
  }
}
