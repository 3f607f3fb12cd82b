package dev.idem.eval.evaluation;

import dev.idem.api.check.Require;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers of single samples by name, as many in each list; sample i is the same one in all lists of
 * one input.
 *
 * @param columns in order
 */
public record SampleValues(Map<String, double[]> columns) {

  public SampleValues {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    int first = columns.values().stream().findFirst().map(v -> v.length).orElse(0);
    columns.forEach(
        (name, values) ->
            Require.argument(
                values.length == first,
                "values of samples '%s' (%s) must be as many as the others (%s)",
                name,
                values.length,
                first));
  }

  /**
   * The numbers of that name.
   *
   * @throws IllegalArgumentException if there are none
   */
  public double[] column(String name) {
    return Require.known(columns.get(name), "values of samples", name, columns.keySet());
  }

  /** The mean of one list, or the ratio of the sums of two. */
  SampleStatistic statistic(List<String> names) {
    double[] numerator = column(names.get(0));
    return names.size() < 2
        ? SampleStatistic.mean(numerator)
        : new SampleStatistic(numerator, column(names.get(1)));
  }
}
