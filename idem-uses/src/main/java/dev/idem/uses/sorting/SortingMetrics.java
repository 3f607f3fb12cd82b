package dev.idem.uses.sorting;

import dev.idem.eval.linear.Rows;
import java.util.Arrays;

/** How well outputs y of samples x sort them; s is x in ascending order. */
final class SortingMetrics {

  private SortingMetrics() {}

  /** s of each sample. */
  static float[][] sorted(float[][] x) {
    float[][] sorted = Rows.copy(x);
    for (float[] row : sorted) {
      Arrays.sort(row);
    }
    return sorted;
  }

  /** E ||y - s||^2 over E ||s - E s||^2: 1 for the best constant. */
  static double error(float[][] y, float[][] sorted) {
    return Rows.meanSquaredDifference(y, sorted) / Rows.variance(sorted);
  }

  /**
   * The share of samples in which every y_i is nearer to s_i, the i-th smallest input, than to any
   * other input.
   */
  static double exactOrderRate(float[][] y, float[][] sorted) {
    int exact = 0;
    for (int m = 0; m < y.length; m++) {
      if (exact(y[m], sorted[m])) {
        exact++;
      }
    }
    return (double) exact / y.length;
  }

  private static boolean exact(float[] y, float[] s) {
    for (int i = 0; i < y.length; i++) {
      for (float other : s) {
        if (other != s[i] && Math.abs((double) y[i] - other) <= Math.abs((double) y[i] - s[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * For each position i, Kendall's tau between y_i and s_i over the samples: the share of pairs of
   * samples that both put in the same order less the share that they put in opposite orders, ties
   * in neither. The mean over i: 1 if sorted, 0 for a constant y, however ascending.
   */
  static double kendallTau(float[][] y, float[][] sorted) {
    long balance = 0;
    for (int a = 0; a < y.length; a++) {
      for (int b = 0; b < a; b++) {
        for (int i = 0; i < y[a].length; i++) {
          balance += (long) order(y[a][i], y[b][i]) * order(sorted[a][i], sorted[b][i]);
        }
      }
    }
    double pairs = 0.5 * y.length * (y.length - 1);
    return balance / (pairs * y[0].length);
  }

  /** The sign of a - b; 0 and -0 are equal. */
  private static int order(float a, float b) {
    return Float.compare(a + 0f, b + 0f);
  }
}
