package dev.idem.eval.metrics;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Samples, and maps on rows, whose metrics are known in closed form. */
public final class Maps {

  private Maps() {}

  /** N(0, 1), independent. */
  public static float[][] normal(long seed, int samples, int width) {
    Random random = new Random(seed);
    float[][] rows = new float[samples][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** x to x A, in double, rounded once. */
  public static UnaryOperator<float[][]> linear(double[][] a) {
    return x -> {
      float[][] y = new float[x.length][a[0].length];
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < a[0].length; j++) {
          double sum = 0;
          for (int k = 0; k < a.length; k++) {
            sum += x[i][k] * a[k][j];
          }
          y[i][j] = (float) sum;
        }
      }
      return y;
    };
  }

  public static UnaryOperator<float[][]> each(DoubleUnaryOperator g) {
    return x -> {
      float[][] y = new float[x.length][];
      for (int i = 0; i < x.length; i++) {
        y[i] = x[i].clone();
        for (int j = 0; j < y[i].length; j++) {
          y[i][j] = (float) g.applyAsDouble(y[i][j]);
        }
      }
      return y;
    };
  }

  /** Keeps the first {@code rank} coordinates and zeroes the rest. */
  public static UnaryOperator<float[][]> projection(int width, int rank) {
    double[][] a = new double[width][width];
    for (int i = 0; i < rank; i++) {
      a[i][i] = 1;
    }
    return linear(a);
  }

  /** An orthogonal matrix: a product of reflections I - 2 v v^T / v^T v. */
  public static double[][] orthogonal(long seed, int width) {
    Random random = new Random(seed);
    double[][] q = new double[width][width];
    for (int i = 0; i < width; i++) {
      q[i][i] = 1;
    }
    for (int r = 0; r < width; r++) {
      double[] v = random.doubles(width, -1, 1).toArray();
      double norm = 0;
      for (double value : v) {
        norm += value * value;
      }
      for (double[] row : q) {
        double dot = 0;
        for (int j = 0; j < width; j++) {
          dot += row[j] * v[j];
        }
        for (int j = 0; j < width; j++) {
          row[j] -= 2 * dot / norm * v[j];
        }
      }
    }
    return q;
  }

  public static double[][] transposed(double[][] a) {
    double[][] transposed = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        transposed[j][i] = a[i][j];
      }
    }
    return transposed;
  }
}
