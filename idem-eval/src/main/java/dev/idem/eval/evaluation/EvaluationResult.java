package dev.idem.eval.evaluation;

import java.util.List;

/**
 * The result of an {@link Evaluation}.
 *
 * @param entries in the order they were measured
 * @param perSample the values of single samples behind them
 * @param notes on the evaluation as a whole; empty if there is nothing to say
 */
public record EvaluationResult(List<Entry> entries, SampleValues perSample, List<String> notes) {

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
