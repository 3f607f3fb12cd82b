package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.EffectiveRank;
import java.util.Arrays;

/**
 * Whether generated samples vary as real ones do, or have collapsed onto a few. Neither number
 * suffices alone: samples that differ by next to nothing in every direction have a high effective
 * rank, and samples along one line may lie far apart.
 *
 * @param effectiveRank of the samples, {@link EffectiveRank}
 * @param realEffectiveRank of as many real samples, positive
 * @param closestPair the least Euclidean distance between two samples
 * @param realClosestPair the same of as many real samples, positive
 */
public record Diversity(
    double effectiveRank, double realEffectiveRank, double closestPair, double realClosestPair) {

  public Diversity {
    Require.notNegative("effectiveRank", effectiveRank);
    Require.notNegative("closestPair", closestPair);
    Require.argument(
        realEffectiveRank > 0,
        "realEffectiveRank (%s) must be positive: the real samples do not vary",
        realEffectiveRank);
    Require.argument(
        realClosestPair > 0,
        "realClosestPair (%s) must be positive: two real samples are equal; take others",
        realClosestPair);
  }

  /**
   * Compares samples with real ones. Effective rank rises with the number of rows and the closest
   * pair's distance falls, so each is taken on equal numbers.
   *
   * @param samples [m][n], finite
   * @param real [m][n], finite
   * @param pairSamples the closest pair is searched among this many first rows of each set; from 2
   *     to m
   * @throws IllegalArgumentException if the arguments are not such, all real samples are equal, or
   *     two of the first {@code pairSamples} are
   */
  public static Diversity measure(float[][] samples, float[][] real, int pairSamples) {
    Rows.requireSameShape("samples", samples, "real samples", real);
    Require.argument(
        pairSamples >= 2 && pairSamples <= real.length,
        "pairSamples (%s) must be from 2 to %s, the number of samples",
        pairSamples,
        real.length);
    return new Diversity(
        EffectiveRank.of(samples),
        EffectiveRank.of(real),
        closestPair(Arrays.copyOf(samples, pairSamples)),
        closestPair(Arrays.copyOf(real, pairSamples)));
  }

  /** effectiveRank / realEffectiveRank. */
  public double rankShare() {
    return effectiveRank / realEffectiveRank;
  }

  /** closestPair / realClosestPair. */
  public double pairShare() {
    return closestPair / realClosestPair;
  }

  /** Whether both shares are at least a half, this project's own choice. */
  public boolean diverse() {
    return diverse(0.5, 0.5);
  }

  /** Whether both shares are at least those. */
  public boolean diverse(double leastRankShare, double leastPairShare) {
    return rankShare() >= leastRankShare && pairShare() >= leastPairShare;
  }

  /**
   * The least Euclidean distance between two of the rows; 0 if two are equal.
   *
   * @param rows [m][n], at least two, finite, all of one width
   */
  public static double closestPair(float[][] rows) {
    Rows.requireTwo("samples", rows);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        least = Math.min(least, Rows.squaredDifference(rows[i], rows[j]));
      }
    }
    return Math.sqrt(least);
  }
}
