package dev.idem.eval.evaluation;

import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.evaluation.EvaluationResult.SampleValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds the entries of one input in one section, with intervals where single samples are known. */
record EntryMaker(
    Section section,
    String input,
    long seed,
    List<Entry> entries,
    Map<String, double[]> perSample) {

  static final String LOWER = "lower";
  static final String HIGHER = "higher";

  /** Keeps the numbers of single samples. */
  void put(String quantity, double[] values) {
    perSample.put(column(quantity), values);
  }

  private String column(String quantity) {
    return quantity + " of " + input;
  }

  /** The mean of one quantity's samples, or the ratio of the sums of two. */
  void ofSamples(String metric, int applications, String goal, String... quantities) {
    List<String> columns = Arrays.stream(quantities).map(this::column).toList();
    SampleStatistic statistic = new SampleValues(perSample).statistic(columns);
    double value = statistic.value();
    Optional<Interval> interval = statistic.interval(seed);
    List<String> notes = new ArrayList<>(notes(value));
    if (notes.isEmpty() && interval.isEmpty()) {
      notes.add("no interval: a sample's number is not finite");
    }
    Interval shown = Double.isNaN(value) ? null : interval.orElse(null);
    add(metric, applications, known(value), shown, null, goal, notes, columns);
  }

  /** A number of all samples together, without an interval. */
  void number(String metric, int applications, String goal, double value) {
    add(metric, applications, known(value), null, null, goal, notes(value), List.of());
  }

  void word(String metric, int applications, String word, List<String> notes) {
    add(metric, applications, null, null, word, "", notes, List.of());
  }

  /** An entry without a number. */
  void withheld(String metric, int applications, String goal, String note) {
    add(metric, applications, null, null, null, goal, List.of(note), List.of());
  }

  /** Why f^k of an input has no numbers. */
  static String notFinite(String input, int k) {
    return "no value: %s holds numbers that are not finite, f has diverged"
        .formatted(Entry.of(input, k));
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  private static List<String> notes(double value) {
    if (Double.isNaN(value)) {
      return List.of("no value: nothing to divide by, or f has diverged");
    }
    return Double.isInfinite(value) ? List.of("infinite: f has diverged, or is exact") : List.of();
  }

  private void add(
      String metric,
      int applications,
      @Nullable Double value,
      @Nullable Interval interval,
      @Nullable String word,
      String goal,
      List<String> notes,
      List<String> columns) {
    entries.add(
        new Entry(
            section,
            metric,
            input,
            applications,
            value,
            interval == null ? null : (Double) interval.low(),
            interval == null ? null : (Double) interval.high(),
            null,
            null,
            word,
            goal,
            "",
            notes,
            columns));
  }
}
