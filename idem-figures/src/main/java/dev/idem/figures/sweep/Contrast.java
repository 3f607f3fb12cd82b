package dev.idem.figures.sweep;

import dev.idem.eval.Quantiles;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.comparison.PairedDifference;
import dev.idem.figures.sweep.Ranking.Configuration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One configuration against another, paired by seed.
 *
 * @param ratio whether the scale is the ratio of scores; else their difference
 * @param pairs seeds that both have a score of
 * @param median of the ratios or differences; empty if both are infinite in every pair
 * @param interval 95 % bootstrap interval of that median; empty if fewer than three pairs have a
 *     finite score
 */
record Contrast(boolean ratio, int pairs, OptionalDouble median, Optional<Interval> interval) {

  static final int LEAST_PAIRS = 3;

  /**
   * Compares {@code a} with {@code b}.
   *
   * @param ratio only if no score is negative
   */
  static Contrast of(Configuration a, Configuration b, boolean ratio, Bootstrap bootstrap) {
    List<Long> seeds = a.scores().keySet().stream().filter(b.scores()::containsKey).toList();
    double[] first = scores(a, seeds);
    double[] second = scores(b, seeds);
    if (seeds.isEmpty()) {
      return new Contrast(ratio, 0, OptionalDouble.empty(), Optional.empty());
    }
    if (ratio) {
      PairedDifference found = PairedDifference.of(first, second, bootstrap);
      OptionalDouble median = found.median();
      return new Contrast(
          true,
          seeds.size(),
          median.isPresent() ? OptionalDouble.of(power(median.getAsDouble())) : median,
          found.interval().map(log -> new Interval(power(log.low()), power(log.high()))));
    }
    return difference(first, second, bootstrap);
  }

  private static double[] scores(Configuration of, List<Long> seeds) {
    return seeds.stream().mapToDouble(of.scores()::get).toArray();
  }

  private static double power(double exponent) {
    return Math.pow(10, exponent);
  }

  /** By the rules of {@link PairedDifference}, without the logarithm. */
  private static Contrast difference(double[] a, double[] b, Bootstrap bootstrap) {
    double[] differences = new double[a.length];
    int informative = 0;
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] == b[i] ? 0 : a[i] - b[i];
      informative += Double.isInfinite(a[i]) && Double.isInfinite(b[i]) ? 0 : 1;
    }
    return new Contrast(
        false,
        a.length,
        informative == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Quantiles.median(differences)),
        informative < LEAST_PAIRS ? Optional.empty() : Optional.of(bootstrap.median(differences)));
  }

  /** What no difference is on this scale. */
  double nothing() {
    return ratio ? 1 : 0;
  }

  /** Whether there is an interval and it leaves out that there is no difference. */
  boolean decided() {
    return interval.map(found -> found.low() > nothing() || found.high() < nothing()).orElse(false);
  }

  /** The verdict in a word or two. */
  String verdict() {
    return interval.isEmpty() ? "too few seeds" : decided() ? "decided" : "undecided";
  }

  /** The most, in percent, that such an interval of so many pairs can cover. */
  static String coverage(int pairs) {
    return String.format(Locale.ROOT, "%.0f", 100 * (1 - Math.pow(2, 1 - pairs)));
  }
}
