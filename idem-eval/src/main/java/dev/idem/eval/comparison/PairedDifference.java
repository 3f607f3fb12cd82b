package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.eval.Quantiles;
import dev.idem.eval.comparison.Bootstrap.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Scores a and b, paired by seed; lower is better. The difference of a pair is log10(a / b): -1
 * says that a is ten times smaller. A score of +infinity is a failed run:
 *
 * <ul>
 *   <li>if one of a pair failed, the other wins, by an infinite difference;
 *   <li>if both failed, or both scores are equal, the pair is a tie, of difference 0;
 *   <li>a score of exactly 0 wins over any other, by an infinite difference.
 * </ul>
 *
 * @param wins pairs in which a is lower
 * @param losses pairs in which b is lower
 * @param bothFailed ties of two failed runs, which say nothing about a ratio
 * @param median of the differences; empty if both failed in every pair
 * @param interval 95 % bootstrap percentile interval of that median; empty if fewer than three
 *     pairs have a run that did not fail
 */
public record PairedDifference(
    int pairs,
    int wins,
    int losses,
    int ties,
    int bothFailed,
    OptionalDouble median,
    Optional<Interval> interval) {

  private static final int LEAST_PAIRS = 3;

  public PairedDifference {
    Require.argument(
        wins + losses + ties == pairs,
        "wins (%s), losses (%s) and ties (%s) must sum to pairs (%s)",
        wins,
        losses,
        ties,
        pairs);
  }

  /**
   * Compares {@code a} with {@code b}.
   *
   * @param a scores, each zero, positive or +infinity
   * @param b as many, of the same seeds in the same order
   */
  public static PairedDifference of(double[] a, double[] b, Bootstrap bootstrap) {
    Require.argument(
        a.length == b.length && a.length > 0,
        "scores must come in pairs: there are %s and %s",
        a.length,
        b.length);
    double[] differences = new double[a.length];
    int wins = 0;
    int losses = 0;
    int bothFailed = 0;
    for (int i = 0; i < a.length; i++) {
      requireScore(a[i]);
      requireScore(b[i]);
      differences[i] = difference(a[i], b[i]);
      wins += a[i] < b[i] ? 1 : 0;
      losses += a[i] > b[i] ? 1 : 0;
      bothFailed += Double.isInfinite(a[i]) && Double.isInfinite(b[i]) ? 1 : 0;
    }
    int informative = a.length - bothFailed;
    return new PairedDifference(
        a.length,
        wins,
        losses,
        a.length - wins - losses,
        bothFailed,
        informative == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Quantiles.median(differences)),
        informative < LEAST_PAIRS ? Optional.empty() : Optional.of(bootstrap.median(differences)));
  }

  private static double difference(double a, double b) {
    // Subtracting logarithms keeps 0 and infinity apart where a / b would overflow.
    return a == b ? 0 : Math.log10(a) - Math.log10(b);
  }

  private static void requireScore(double score) {
    Require.argument(score >= 0, "score (%s) must be zero, positive or +infinity", score);
  }
}
