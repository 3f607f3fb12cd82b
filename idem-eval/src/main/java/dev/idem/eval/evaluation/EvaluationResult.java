package dev.idem.eval.evaluation;

import dev.idem.api.check.Require;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of an {@link Evaluation}.
 *
 * @param notes on the evaluation as a whole; empty if there is nothing to say
 */
public record EvaluationResult(List<Entry> entries, SampleValues perSample, List<String> notes) {

  /**
   * Numbers of single samples by name; sample i is the same one in all lists of one input, which
   * are as long as it has samples.
   */
  public record SampleValues(Map<String, double[]> columns) {

    public SampleValues {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
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

  /**
   * One number or verdict of an evaluation, with its interval, floor and notes. Where a number
   * would be meaningless, {@code value} is null and {@code notes} say why.
   *
   * @param metric its name, such as {@code recall}
   * @param input what f is applied to: {@code z}, {@code x}, or a degradation's name
   * @param applications k of f^k; 0 is the input itself, a control
   * @param value the number; null if it is withheld, or if there is a word
   * @param low the lower end of its 95 % interval; null if there is none
   * @param high the upper end; null if there is none
   * @param floor what held-out samples have against held-out samples, at half the number of
   *     samples; null where there is no such thing
   * @param valueAtFloorSize the mean of the value over halves: what the floor compares with
   * @param word a verdict in place of a number; else null
   * @param goal {@code lower}, {@code higher}, {@code as real}; empty if no value is better
   * @param perSample the names of the single samples' values behind it: empty, or one whose mean it
   *     is, or two, the ratio of whose sums it is
   */
  public record Entry(
      Section section,
      String metric,
      String input,
      int applications,
      @Nullable Double value,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double floor,
      @Nullable Double valueAtFloorSize,
      @Nullable String word,
      String goal,
      String bias,
      List<String> notes,
      List<String> perSample) {

    /** The parts of an evaluation. */
    public enum Section {
      /** Whether f(f(x)) = f(x), and f is more than a constant or the identity. */
      IDEMPOTENCY,
      /** How outputs relate to held-out samples as distributions. */
      DISTRIBUTION,
      /** How near degraded samples come to what they were made from. */
      RESTORATION
    }

    public Entry {
      Require.notBlank("metric", metric);
      Require.notBlank("input", input);
      Require.notNegative("applications", (long) applications);
      Require.argument(
          (low == null) == (high == null), "%s must have both ends of an interval or none", metric);
      Require.argument(
          perSample.size() <= 2, "%s must come from two lists of samples at most", metric);
      notes = List.copyOf(notes);
      perSample = List.copyOf(perSample);
    }

    /** Whether there is a value and nothing to say against it. */
    public boolean reliable() {
      return (value != null || word != null) && notes.isEmpty();
    }

    /** Whether it is the same metric of the same samples as {@code other}. */
    public boolean sameQuantity(Entry other) {
      return section == other.section
          && metric.equals(other.metric)
          && input.equals(other.input)
          && applications == other.applications;
    }

    /** The map and input, such as {@code z}, {@code f(z)}, {@code f^2(noise)}. */
    public String of() {
      return of(input, applications);
    }

    /** {@code f^k(input)} in letters that every terminal has. */
    public static String of(String input, int applications) {
      return switch (applications) {
        case 0 -> input;
        case 1 -> "f(" + input + ")";
        default -> "f^" + applications + "(" + input + ")";
      };
    }
  }
}
