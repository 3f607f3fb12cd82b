package dev.idem.eval.linear;

import dev.idem.api.check.Require;

/** Products that are symmetric to the last bit, as {@link Spectrum} needs them. */
public final class SymmetricMatrices {

  private SymmetricMatrices() {}

  /** A A^T, [m][m], of A [m][n]. */
  public static double[][] gram(double[][] a) {
    double[][] gram = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = dot(a[i], a[j]);
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  /**
   * The unbiased covariance A^T A / (m - 1), [n][n], of centred rows A [m][n].
   *
   * @throws IllegalArgumentException if there are fewer than two rows
   */
  public static double[][] covariance(double[][] centred) {
    Require.argument(
        centred.length >= 2, "rows (%s) must be at least 2 for a covariance", centred.length);
    double[][] covariance = gram(transposed(centred));
    for (double[] row : covariance) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= centred.length - 1;
      }
    }
    return covariance;
  }

  /** V C V^T, [r][r], of rows V [r][n] and a symmetric C [n][n]. */
  public static double[][] congruent(double[][] v, double[][] c) {
    double[][] half = new double[v.length][c.length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < c.length; j++) {
        half[i][j] = dot(v[i], c[j]);
      }
    }
    double[][] product = new double[v.length][v.length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j <= i; j++) {
        product[i][j] = dot(half[i], v[j]);
        product[j][i] = product[i][j];
      }
    }
    return product;
  }

  /** A^T, [n][m]. */
  public static double[][] transposed(double[][] a) {
    double[][] transposed = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        transposed[j][i] = a[i][j];
      }
    }
    return transposed;
  }

  /** The inner product of vectors of one length. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
