package dev.idem.eval.evaluation;

import dev.idem.api.check.Require;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations side by side, each against the first. Where a number is a mean over the same samples
 * in both, its difference has a 95 % interval by the bootstrap of pairs; where the samples differ
 * (noise of another distribution), each side is drawn by itself. Metrics of distributions have both
 * intervals side by side, and no interval of the difference.
 *
 * @param rows quantity by quantity, run by run
 * @param left quantities that some run has and another has not
 */
public record EvaluationComparison(List<Row> rows, List<String> left) {

  private static final List<String> HEALTHY = List.of("healthy", "diverse");

  /** The judgement on a difference. */
  public enum Judgement {
    /** The first run, or a word: nothing to compare. */
    NONE(""),
    /** The interval of the difference holds 0. */
    NO_DIFFERENCE("no difference"),
    /** It does not, and the run's value is the better one. */
    BETTER("better than the first"),
    /** It does not, and the run's value is the worse one. */
    WORSE("worse than the first"),
    /** It does not, and no value is better. */
    DIFFERENT("differs"),
    /** No interval of the difference; those of the values overlap. */
    OVERLAP("intervals overlap"),
    /** No interval of the difference; those of the values do not overlap. */
    APART("intervals apart"),
    /** An error of a map that is not healthy, or of samples that have collapsed, is no merit. */
    NOT_HEALTHY("not comparable: not healthy"),
    /** There is no interval to judge by. */
    UNJUDGED("no interval");

    private final String label;

    Judgement(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * A quantity of one run.
   *
   * @param run its place, from 0
   * @param difference from the first run's; null if one of the two is withheld
   * @param interval of the difference, 95 %; null if there is none
   * @param paired whether that is of pairs of samples
   */
  public record Row(
      int run,
      Entry entry,
      @Nullable Double difference,
      @Nullable Interval interval,
      boolean paired,
      Judgement judgement) {}

  public EvaluationComparison {
    rows = List.copyOf(rows);
    left = List.copyOf(left);
  }

  /**
   * Compares.
   *
   * @param results at least two, measured alike
   * @param sameInputs whether inputs of that name were the same samples in the first run and in the
   *     run of that place
   */
  public static EvaluationComparison of(
      List<EvaluationResult> results, BiPredicate<Integer, String> sameInputs, long seed) {
    Require.argument(
        results.size() >= 2, "evaluations (%s) must be at least two to compare", results.size());
    List<Row> rows = new ArrayList<>();
    List<String> left = new ArrayList<>();
    EvaluationResult first = results.get(0);
    for (Entry entry : first.entries()) {
      List<Entry> same = new ArrayList<>();
      for (EvaluationResult result : results) {
        find(result, entry).ifPresent(same::add);
      }
      if (same.size() < results.size()) {
        left.add(name(entry));
        continue;
      }
      rows.add(new Row(0, entry, null, null, false, Judgement.NONE));
      for (int run = 1; run < results.size(); run++) {
        boolean paired = sameInputs.test(run, entry.input());
        rows.add(row(run, same.get(run), entry, results.get(run), first, paired, seed));
      }
    }
    for (EvaluationResult result : results) {
      result.entries().stream()
          .filter(entry -> find(first, entry).isEmpty())
          .map(EvaluationComparison::name)
          .filter(name -> !left.contains(name))
          .forEach(left::add);
    }
    return new EvaluationComparison(rows, left);
  }

  private static String name(Entry entry) {
    return entry.metric() + " of " + entry.of();
  }

  private static Optional<Entry> find(EvaluationResult result, Entry like) {
    return result.entries().stream().filter(like::sameQuantity).findFirst();
  }

  private static Row row(
      int run,
      Entry entry,
      Entry first,
      EvaluationResult of,
      EvaluationResult ofFirst,
      boolean paired,
      long seed) {
    if (entry.value() == null || first.value() == null) {
      boolean words = entry.word() != null && Objects.equals(entry.word(), first.word());
      return new Row(run, entry, null, null, false, words ? Judgement.NONE : Judgement.UNJUDGED);
    }
    double difference = entry.value() - first.value();
    Double told = Double.isNaN(difference) ? null : (Double) difference;
    if (entry.perSample().isEmpty() || first.perSample().isEmpty()) {
      return new Row(run, entry, told, null, false, sideBySide(entry, first));
    }
    Optional<Interval> interval =
        of.perSample()
            .statistic(entry.perSample())
            .differenceInterval(ofFirst.perSample().statistic(first.perSample()), paired, seed);
    return new Row(
        run,
        entry,
        told,
        interval.orElse(null),
        paired && interval.isPresent(),
        judgement(interval, entry, of, ofFirst));
  }

  private static Judgement judgement(
      Optional<Interval> interval, Entry entry, EvaluationResult of, EvaluationResult ofFirst) {
    boolean anError = entry.section() == Section.IDEMPOTENCY && entry.goal().equals("lower");
    if (anError && !(healthy(of, entry.input()) && healthy(ofFirst, entry.input()))) {
      return Judgement.NOT_HEALTHY;
    }
    return interval.map(i -> judged(i, entry.goal())).orElse(Judgement.UNJUDGED);
  }

  private static boolean healthy(EvaluationResult result, String input) {
    return result.entries().stream()
        .filter(entry -> entry.input().equals(input) && entry.word() != null)
        .allMatch(entry -> HEALTHY.contains(String.valueOf(entry.word())));
  }

  private static Judgement judged(Interval interval, String goal) {
    if (interval.low() <= 0 && interval.high() >= 0) {
      return Judgement.NO_DIFFERENCE;
    }
    boolean lower = interval.high() < 0;
    if (goal.equals("lower") || goal.equals("higher")) {
      return lower == goal.equals("lower") ? Judgement.BETTER : Judgement.WORSE;
    }
    return Judgement.DIFFERENT;
  }

  private static Judgement sideBySide(Entry a, Entry b) {
    if (a.low() == null || a.high() == null || b.low() == null || b.high() == null) {
      return Judgement.UNJUDGED;
    }
    return a.low() <= b.high() && b.low() <= a.high() ? Judgement.OVERLAP : Judgement.APART;
  }
}
