package dev.idem.eval.metrics;

import dev.idem.eval.linear.Rows;
import dev.idem.eval.linear.Spectrum;
import java.util.Arrays;

/**
 * The effective rank of Roy and Vetterli (EUSIPCO 2007): exp(-sum p_i log p_i), where p are the
 * singular values of the centred rows, normalised to sum 1. It is r for r equal singular values.
 *
 * <p>The singular values are the square roots of the eigenvalues of A A^T [m][m] or A^T A [n][n],
 * whichever is smaller. Eigenvalues below the rounding error of the decomposition, size * 2^-52
 * times the largest, count as zero.
 *
 * <p>The scale of the rows does not matter: rows that differ by next to nothing, but in every
 * direction, have full rank. Read it beside the variance, or the closest pair. It is bounded by the
 * number of rows, so compare it only at equal m.
 */
public final class EffectiveRank {

  private EffectiveRank() {}

  /**
   * The effective rank of rows, from 1 to min(m - 1, n); 0 if they are all equal.
   *
   * @param rows [m][n], at least one, finite, all of one width
   */
  public static double of(float[][] rows) {
    double[] singular = singularValues(Rows.centred(Rows.requireSamples(rows)));
    double sum = Arrays.stream(singular).sum();
    if (sum == 0) {
      return 0;
    }
    double entropy = 0;
    for (double value : singular) {
      double p = value / sum;
      if (p > 0) {
        entropy -= p * Math.log(p);
      }
    }
    return Math.exp(entropy);
  }

  private static double[] singularValues(double[][] a) {
    double[] eigenvalues = Spectrum.eigenvalues(Spectrum.smallerGram(a));
    double least = Spectrum.rounding(eigenvalues);
    return Arrays.stream(eigenvalues).map(v -> v > least ? Math.sqrt(v) : 0).toArray();
  }
}
