package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import java.util.Arrays;

/**
 * How far samples are from the nearest of real ones: whether each by itself looks like something
 * real, which means and covariances cannot tell.
 *
 * <p>Read it beside that of held-out real samples to the same real ones, and beside {@link
 * Diversity}: copies of one real sample are at distance 0.
 */
public final class NearestReal {

  private NearestReal() {}

  /**
   * The median, over the samples, of the Euclidean distance to the nearest real one.
   *
   * @param samples [m][n], at least one, finite
   * @param real [r][n], at least one, finite
   * @throws IllegalArgumentException if the rows are not such
   */
  public static double medianDistance(float[][] samples, float[][] real) {
    Rows.require("samples", samples);
    Rows.require("real samples", real);
    Require.argument(
        samples[0].length == real[0].length,
        "samples have width %s and real samples %s; they must be equal",
        samples[0].length,
        real[0].length);
    double[] nearest = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (float[] other : real) {
        least = Math.min(least, Rows.squaredDifference(samples[i], other));
      }
      nearest[i] = Math.sqrt(least);
    }
    Arrays.sort(nearest);
    int middle = nearest.length / 2;
    return nearest.length % 2 == 1 ? nearest[middle] : (nearest[middle - 1] + nearest[middle]) / 2;
  }
}
