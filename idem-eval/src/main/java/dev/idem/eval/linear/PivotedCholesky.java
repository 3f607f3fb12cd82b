package dev.idem.eval.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Factors of a symmetric matrix without negative eigenvalues, such as a covariance: C = sum_k v_k
 * v_k^T. The largest remaining diagonal number is taken first (Higham, 2002, section 10.3), so that
 * a singular matrix, of which images have many, gets rank-many factors.
 */
final class PivotedCholesky {

  private static final double ROUNDING = Math.ulp(1.0);

  private PivotedCholesky() {}

  /** The factors, [rank][n]. It ends where the diagonal left is n 2^-52 of the largest. */
  static double[][] factors(double[][] c) {
    int n = c.length;
    double[] left = new double[n];
    for (int i = 0; i < n; i++) {
      left[i] = c[i][i];
    }
    double least = left[largest(left)] * n * ROUNDING;
    List<double[]> factors = new ArrayList<>();
    for (int pivot = largest(left);
        factors.size() < n && left[pivot] > least;
        pivot = largest(left)) {
      double[] v = c[pivot].clone();
      for (double[] factor : factors) {
        double scale = factor[pivot];
        for (int j = 0; j < n; j++) {
          v[j] -= scale * factor[j];
        }
      }
      double root = Math.sqrt(left[pivot]);
      for (int j = 0; j < n; j++) {
        v[j] /= root;
        left[j] -= v[j] * v[j];
      }
      left[pivot] = 0;
      factors.add(v);
    }
    return factors.toArray(double[][]::new);
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
