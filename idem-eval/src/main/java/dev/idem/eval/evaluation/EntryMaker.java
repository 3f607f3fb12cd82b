package dev.idem.eval.evaluation;

import dev.idem.eval.comparison.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the entries of one input, with intervals where single samples are known. */
record EntryMaker(Section section, String input, long seed, Map<String, double[]> perSample) {

  /** Keeps the numbers of single samples. */
  void put(String quantity, double[] values) {
    perSample.put(column(quantity), values);
  }

  private String column(String quantity) {
    return quantity + " of " + input;
  }

  /** The mean of one quantity's samples, or the ratio of the sums of two. */
  Entry ofSamples(String metric, int applications, String goal, String... quantities) {
    List<String> columns = Arrays.stream(quantities).map(this::column).toList();
    SampleStatistic statistic = new SampleValues(perSample).statistic(columns);
    double value = statistic.value();
    Optional<Interval> interval = statistic.interval(seed);
    List<String> notes = new ArrayList<>(notes(value));
    if (notes.isEmpty() && interval.isEmpty()) {
      notes.add("no interval: a sample's number is not finite");
    }
    return entry(
        metric,
        applications,
        Double.isNaN(value) ? null : (Double) value,
        Double.isNaN(value) ? null : interval.orElse(null),
        null,
        goal,
        notes,
        columns);
  }

  /** A number of all samples together, without an interval. */
  Entry number(String metric, int applications, String goal, double value) {
    return entry(
        metric,
        applications,
        Double.isNaN(value) ? null : (Double) value,
        null,
        null,
        goal,
        notes(value),
        List.of());
  }

  Entry word(String metric, int applications, String word, List<String> notes) {
    return entry(metric, applications, null, null, word, "", notes, List.of());
  }

  /** An entry without a number. */
  Entry withheld(String metric, int applications, String goal, String note) {
    return entry(metric, applications, null, null, null, goal, List.of(note), List.of());
  }

  private static List<String> notes(double value) {
    if (Double.isNaN(value)) {
      return List.of("no value: nothing to divide by, or f has diverged");
    }
    return Double.isInfinite(value) ? List.of("infinite: f has diverged, or is exact") : List.of();
  }

  private Entry entry(
      String metric,
      int applications,
      @Nullable Double value,
      @Nullable Interval interval,
      @Nullable String word,
      String goal,
      List<String> notes,
      List<String> columns) {
    return new Entry(
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
        columns);
  }
}
