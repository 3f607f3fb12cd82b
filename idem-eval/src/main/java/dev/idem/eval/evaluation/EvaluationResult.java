package dev.idem.eval.evaluation;

import dev.idem.api.check.Require;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of an {@link Evaluation}.
 *
 * @param notes on the evaluation as a whole; empty if there is nothing to say
 */
public record EvaluationResult(List<Entry> entries, SampleValues perSample, List<String> notes) {

  /**
   * Numbers of single samples by name, as many in each list; sample i is the same one in all lists
   * of one input.
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

  public EvaluationResult {
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }

  /**
   * The entry of that metric.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Entry entry(String metric, String input, int applications) {
    return entries.stream()
        .filter(
            e ->
                e.metric().equals(metric)
                    && e.input().equals(input)
                    && e.applications() == applications)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no metric '%s' of %s".formatted(metric, Entry.of(input, applications))));
  }
}
