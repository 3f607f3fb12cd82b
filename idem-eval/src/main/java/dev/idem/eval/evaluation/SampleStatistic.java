package dev.idem.eval.evaluation;

import dev.idem.api.check.Require;
import dev.idem.eval.comparison.Bootstrap.Interval;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A mean over samples, or a ratio of two sums over them, with 95 % intervals by the percentile
 * bootstrap of samples (Efron and Tibshirani, 1993, chapter 13). Unlike metrics of distributions,
 * such a number has no bias that drawing samples again would change.
 *
 * @param numerator one per sample
 * @param denominator one per sample; ones for a mean
 */
@SuppressWarnings("ArrayRecordComponent") // numbers to draw from, never compared
record SampleStatistic(double[] numerator, double[] denominator) {

  private static final int RESAMPLES = 1_000;

  SampleStatistic {
    Require.argument(numerator.length > 0, "a mean needs at least one sample");
  }

  /** The mean of one number per sample. */
  static SampleStatistic mean(double[] values) {
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1);
    return new SampleStatistic(values, ones);
  }

  /** On all samples; not-a-number for 0 / 0. */
  double value() {
    return on(IntStream.range(0, numerator.length).toArray());
  }

  /** About the value; empty if a sample's number is not finite. */
  Optional<Interval> interval(long seed) {
    if (!finite()) {
      return Optional.empty();
    }
    Random random = new Random(seed);
    double[] values = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      values[r] = on(drawn(random));
    }
    return percentiles(values);
  }

  /**
   * Of this less {@code other}.
   *
   * @param paired whether sample i is the same in both, so that both are drawn together; if not,
   *     each is drawn by itself
   */
  Optional<Interval> differenceInterval(SampleStatistic other, boolean paired, long seed) {
    if (!finite() || !other.finite() || (paired && numerator.length != other.numerator.length)) {
      return Optional.empty();
    }
    Random random = new Random(seed);
    double[] differences = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      int[] drawn = drawn(random);
      differences[r] = on(drawn) - other.on(paired ? drawn : other.drawn(random));
    }
    return percentiles(differences);
  }

  private boolean finite() {
    return Arrays.stream(numerator).allMatch(Double::isFinite)
        && Arrays.stream(denominator).allMatch(Double::isFinite);
  }

  private int[] drawn(Random random) {
    int[] drawn = new int[numerator.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextInt(drawn.length);
    }
    return drawn;
  }

  private double on(int[] samples) {
    double sum = 0;
    double of = 0;
    for (int i : samples) {
      sum += numerator[i];
      of += denominator[i];
    }
    return sum / of;
  }

  private static Optional<Interval> percentiles(double[] values) {
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    return Optional.of(Interval.percentiles(values));
  }
}
