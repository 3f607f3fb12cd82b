package dev.idem.eval.metrics;

import dev.idem.api.check.Require;
import java.util.function.UnaryOperator;

/** Checks of, and sums over, samples as rows [m][n]. */
final class Rows {

  private Rows() {}

  static float[][] requireSamples(float[][] rows) {
    Require.argument(rows.length > 0, "samples (0) must be at least one row");
    int width = rows[0].length;
    Require.argument(width > 0, "samples must have a positive width, row 0 is empty");
    for (int i = 0; i < rows.length; i++) {
      Require.argument(
          rows[i].length == width,
          "samples must have rows of one width: row 0 has %s, row %s has %s",
          width,
          i,
          rows[i].length);
      for (int j = 0; j < width; j++) {
        Require.argument(
            Float.isFinite(rows[i][j]),
            "sample %s, number %s (%s) must be finite",
            i,
            j,
            rows[i][j]);
      }
    }
    return rows;
  }

  /** f of a copy of {@code x}, copied, with the extent checked; its numbers may be anything. */
  static float[][] apply(UnaryOperator<float[][]> f, float[][] x) {
    float[][] y = f.apply(copy(x));
    Require.argument(
        y.length == x.length,
        "function must return one row a sample: given %s, returned %s",
        x.length,
        y.length);
    for (int i = 0; i < y.length; i++) {
      Require.argument(
          y[i].length == x[i].length,
          "function must keep the width: given %s, returned %s in row %s",
          x[i].length,
          y[i].length,
          i);
    }
    return copy(y);
  }

  private static float[][] copy(float[][] rows) {
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  static boolean finite(float[][] rows) {
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  static double squaredNorm(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += (double) value * value;
    }
    return sum;
  }

  static double squaredDifference(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = (double) a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  static double meanSquare(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      sum += squaredNorm(row);
    }
    return sum / count(rows);
  }

  static double meanSquaredDifference(float[][] a, float[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += squaredDifference(a[i], b[i]);
    }
    return sum / count(a);
  }

  static double variance(float[][] rows) {
    double sum = 0;
    for (double[] row : centred(rows)) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return sum / count(rows);
  }

  /** The rows less their mean row. */
  static double[][] centred(float[][] rows) {
    int width = rows[0].length;
    double[] mean = new double[width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        mean[j] += row[j];
      }
    }
    double[][] centred = new double[rows.length][width];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        centred[i][j] = rows[i][j] - mean[j] / rows.length;
      }
    }
    return centred;
  }

  private static double count(float[][] rows) {
    return (double) rows.length * rows[0].length;
  }
}
