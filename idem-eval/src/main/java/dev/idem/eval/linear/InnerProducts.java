package dev.idem.eval.linear;

import java.util.stream.IntStream;

/** The inner products of all rows of one set with all of another. */
public final class InnerProducts {

  private static final int TOGETHER = 4;

  private InnerProducts() {}

  /**
   * a_i . b_j in double precision, [m_a][m_b], of rows of one width. Each product is summed in the
   * order of the numbers, so that a . b is b . a to the last bit and rows that are equal have a
   * distance of exactly zero. Rows are shared among the processors; the result does not depend on
   * how.
   */
  public static double[][] of(float[][] a, float[][] b) {
    double[][] columns = widened(b);
    return IntStream.range(0, a.length)
        .parallel()
        .mapToObj(i -> products(DenseVectors.widened(a[i]), columns))
        .toArray(double[][]::new);
  }

  private static double[] products(double[] x, double[][] rows) {
    double[] products = new double[rows.length];
    int j = 0;
    // Four independent sums keep the processor busy where one would wait for itself.
    for (; j + TOGETHER <= rows.length; j += TOGETHER) {
      double[] b0 = rows[j];
      double[] b1 = rows[j + 1];
      double[] b2 = rows[j + 2];
      double[] b3 = rows[j + 3];
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      for (int k = 0; k < x.length; k++) {
        double value = x[k];
        s0 += value * b0[k];
        s1 += value * b1[k];
        s2 += value * b2[k];
        s3 += value * b3[k];
      }
      products[j] = s0;
      products[j + 1] = s1;
      products[j + 2] = s2;
      products[j + 3] = s3;
    }
    for (; j < rows.length; j++) {
      products[j] = SymmetricMatrices.dot(x, rows[j]);
    }
    return products;
  }

  private static double[][] widened(float[][] rows) {
    double[][] wide = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      wide[i] = DenseVectors.widened(rows[i]);
    }
    return wide;
  }
}
