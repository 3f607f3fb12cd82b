package dev.idem.models.initializer;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Orthonormal vectors: Gram-Schmidt on rows of independent normal numbers. The triangular factor's
 * diagonal comes out positive, which makes the result uniform in the Haar measure (Mezzadri, 2007).
 */
final class OrthonormalRows {

  private OrthonormalRows() {}

  /**
   * {@code count} orthonormal vectors of length {@code width}.
   *
   * @param count at most {@code width}
   * @return [count][width]
   */
  static double[][] draw(int count, int width, RandomGenerator random) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double[] row = Normal.draw(width, 1, random);
      // Once leaves what rounding left of the others; twice is enough (Giraud et al., 2005).
      removeComponents(row, rows, i);
      removeComponents(row, rows, i);
      rows[i] = scaled(row, 1 / Math.sqrt(dot(row, row)));
    }
    return rows;
  }

  private static void removeComponents(double[] row, double[][] basis, int count) {
    for (int i = 0; i < count; i++) {
      addMultiple(row, basis[i], -dot(row, basis[i]));
    }
  }

  private static void addMultiple(double[] target, double[] source, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * source[i];
    }
  }

  private static double[] scaled(double[] row, double factor) {
    return Arrays.stream(row).map(value -> value * factor).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
