package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.EffectiveRank;
import java.util.Arrays;

/** Measures whether generated samples vary as real ones do, or have collapsed onto a few. */
public final class Diversity {

  private Diversity() {}

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
  public static DiversityReport measure(float[][] samples, float[][] real, int pairSamples) {
    Rows.require("samples", samples);
    Rows.require("real samples", real);
    Require.argument(
        samples.length == real.length && samples[0].length == real[0].length,
        "samples [%s][%s] and real samples [%s][%s] must have the same shape",
        samples.length,
        samples[0].length,
        real.length,
        real[0].length);
    Require.argument(
        pairSamples >= 2 && pairSamples <= real.length,
        "pairSamples (%s) must be from 2 to %s, the number of samples",
        pairSamples,
        real.length);
    return new DiversityReport(
        EffectiveRank.of(samples),
        EffectiveRank.of(real),
        closestPair(Arrays.copyOf(samples, pairSamples)),
        closestPair(Arrays.copyOf(real, pairSamples)));
  }

  /**
   * The least Euclidean distance between two of the rows; 0 if two are equal.
   *
   * @param rows [m][n], at least two, finite, all of one width
   * @throws IllegalArgumentException if the rows are not such
   */
  public static double closestPair(float[][] rows) {
    Rows.requireSamples(rows);
    Require.argument(rows.length >= 2, "samples (%s) must be at least two rows", rows.length);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        least = Math.min(least, Rows.squaredDifference(rows[i], rows[j]));
      }
    }
    return Math.sqrt(least);
  }
}
