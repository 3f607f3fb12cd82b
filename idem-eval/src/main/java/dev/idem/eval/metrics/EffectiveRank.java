package dev.idem.eval.metrics;

import java.util.Arrays;
import org.tribuo.math.la.DenseMatrix;

/**
 * The effective rank of Roy and Vetterli (EUSIPCO 2007): exp(-sum p_i log p_i), where p are the
 * singular values of the centred rows, normalised to sum 1. It is r for r equal singular values.
 *
 * <p>The singular values are the square roots of the eigenvalues of A A^T [m][m] or A^T A [n][n],
 * whichever is smaller. Eigenvalues below the rounding error of the decomposition, extent * 2^-52
 * times the largest, count as zero.
 */
final class EffectiveRank {

  private static final double ROUNDING = Math.ulp(1.0);

  private EffectiveRank() {}

  /** Of finite rows; 0 if they are all equal. */
  static double of(float[][] rows) {
    double[] singular = singularValues(Rows.centred(rows));
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
    double[][] gram = a.length <= a[0].length ? gram(a) : gram(transposed(a));
    double[] eigenvalues =
        DenseMatrix.createDenseMatrix(gram)
            .eigenDecomposition()
            .orElseThrow(() -> new IllegalStateException("the spectrum did not converge"))
            .eigenvalues()
            .toArray();
    double largest = Arrays.stream(eigenvalues).max().orElse(0);
    double least = largest * gram.length * ROUNDING;
    return Arrays.stream(eigenvalues).map(value -> value > least ? Math.sqrt(value) : 0).toArray();
  }

  /** A A^T, exactly symmetric. */
  private static double[][] gram(double[][] a) {
    double[][] gram = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < a[i].length; k++) {
          sum += a[i][k] * a[j][k];
        }
        gram[i][j] = sum;
        gram[j][i] = sum;
      }
    }
    return gram;
  }

  private static double[][] transposed(double[][] a) {
    double[][] transposed = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        transposed[j][i] = a[i][j];
      }
    }
    return transposed;
  }
}
