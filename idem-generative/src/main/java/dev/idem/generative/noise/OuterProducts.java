package dev.idem.generative.noise;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** The sum of v v' over vectors v of {@code width} numbers. */
final class OuterProducts {

  /** Vectors added at once, so that an element is read and written once for all of them. */
  private static final int BLOCK = 4;

  private final double[][] upper;
  private final double[][] waiting;
  private int filled;

  OuterProducts(int width) {
    this.upper = new double[width][width];
    this.waiting = new double[BLOCK][width];
  }

  /** A vector to fill entirely; it counts from then on. */
  double[] next() {
    if (filled == BLOCK) {
      addWaiting();
    }
    return waiting[filled++];
  }

  /** The sum, times {@code factor}; symmetric. */
  DMatrixRMaj sum(double factor) {
    for (int k = filled; k < BLOCK; k++) {
      Arrays.fill(waiting[k], 0);
    }
    addWaiting();
    int width = upper.length;
    DMatrixRMaj sum = new DMatrixRMaj(width, width);
    for (int i = 0; i < width; i++) {
      for (int j = i; j < width; j++) {
        sum.set(i, j, factor * upper[i][j]);
        sum.set(j, i, factor * upper[i][j]);
      }
    }
    return sum;
  }

  private void addWaiting() {
    double[] a = waiting[0];
    double[] b = waiting[1];
    double[] c = waiting[2];
    double[] d = waiting[3];
    for (int i = 0; i < upper.length; i++) {
      add(upper[i], i, a, b, c, d);
    }
    filled = 0;
  }

  private static void add(double[] row, int i, double[] a, double[] b, double[] c, double[] d) {
    double ai = a[i];
    double bi = b[i];
    double ci = c[i];
    double di = d[i];
    if (ai == 0 && bi == 0 && ci == 0 && di == 0) {
      return;
    }
    for (int j = i; j < row.length; j++) {
      row[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
    }
  }
}
