package dev.idem.eval.linear;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Checks of, and sums over, samples as rows [m][n]. Sums are taken in double precision. */
public final class Rows {

  private Rows() {}

  /** {@link #require} of rows named "samples". */
  public static float[][] requireSamples(float[][] rows) {
    return require("samples", rows);
  }

  /**
   * Requires at least one row, all of one positive width, and finite numbers.
   *
   * @param name of the rows, for the message
   * @return {@code rows}
   * @throws IllegalArgumentException if they are not such
   */
  public static float[][] require(String name, float[][] rows) {
    Require.argument(rows.length > 0, "%s (0) must be at least one row", name);
    int width = rows[0].length;
    Require.argument(width > 0, "%s must have a positive width, row 0 is empty", name);
    for (int i = 0; i < rows.length; i++) {
      Require.argument(
          rows[i].length == width,
          "%s must have rows of one width: row 0 has %s, row %s has %s",
          name,
          width,
          i,
          rows[i].length);
      for (int j = 0; j < width; j++) {
        // Asked first: boxing the message's values for every number takes longer than the check.
        if (!Float.isFinite(rows[i][j])) {
          Require.argument(
              false, "%s, row %s, number %s (%s) must be finite", name, i, j, rows[i][j]);
        }
      }
    }
    return rows;
  }

  /** {@link #require} of at least two rows. */
  public static void requireTwo(String name, float[][] rows) {
    require(name, rows);
    Require.argument(rows.length >= 2, "%s (%s) must be at least two rows", name, rows.length);
  }

  /** {@link #require} of two sets, which must be of one width. */
  public static void requireSameWidth(String nameA, float[][] a, String nameB, float[][] b) {
    require(nameA, a);
    require(nameB, b);
    Require.argument(
        a[0].length == b[0].length,
        "%s have width %s and %s %s; they must be equal",
        nameA,
        a[0].length,
        nameB,
        b[0].length);
  }

  /** {@link #require} of two sets, which must be of one shape. */
  public static void requireSameShape(String nameA, float[][] a, String nameB, float[][] b) {
    require(nameA, a);
    require(nameB, b);
    Require.argument(
        a.length == b.length && a[0].length == b[0].length,
        "%s [%s][%s] and %s [%s][%s] must have the same shape",
        nameA,
        a.length,
        a[0].length,
        nameB,
        b.length,
        b[0].length);
  }

  /**
   * Requires one row per sample, of the stated width and finite: what a function of samples
   * returned.
   *
   * @return {@code rows}
   * @throws IllegalArgumentException if they are not such
   */
  public static float[][] requirePerSample(
      String name, int width, float[][] samples, float[][] rows) {
    Require.argument(
        rows.length == samples.length,
        "%s must be one row per sample: given %s samples, returned %s rows",
        name,
        samples.length,
        rows.length);
    require(name, rows);
    Require.argument(
        rows[0].length == width,
        "%s must have the stated width %s, not %s; state the width that the function returns",
        name,
        width,
        rows[0].length);
    return rows;
  }

  /**
   * f of a copy of {@code x}, copied; its numbers may be anything.
   *
   * @throws IllegalArgumentException if f returns another shape
   */
  public static float[][] apply(UnaryOperator<float[][]> f, float[][] x) {
    float[][] y = onCopies(f, x);
    Require.argument(
        y.length == x.length,
        "function must return one row per sample: given %s, returned %s",
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
    return y;
  }

  /** f of a copy of {@code x}, copied; of any shape. */
  public static float[][] onCopies(UnaryOperator<float[][]> f, float[][] x) {
    return copy(f.apply(copy(x)));
  }

  /** The rows in arrays of their own. */
  public static float[][] copy(float[][] rows) {
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  /** Whether every number is finite. */
  public static boolean finite(float[][] rows) {
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** ||row||^2. */
  public static double squaredNorm(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += (double) value * value;
    }
    return sum;
  }

  /** ||a - b||^2, of rows of one width. */
  public static double squaredDifference(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = (double) a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  /** 1/(m n) sum ||row||^2. */
  public static double meanSquare(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      sum += squaredNorm(row);
    }
    return sum / count(rows);
  }

  /** 1/(m n) sum ||a_i - b_i||^2, of rows of one shape. */
  public static double meanSquaredDifference(float[][] a, float[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += squaredDifference(a[i], b[i]);
    }
    return sum / count(a);
  }

  /** 1/(m n) sum ||row - mean row||^2. */
  public static double variance(float[][] rows) {
    double sum = 0;
    for (double[] row : centred(rows)) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return sum / count(rows);
  }

  /** The mean row, [n]. */
  public static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j];
      }
    }
    Arrays.setAll(mean, j -> mean[j] / rows.length);
    return mean;
  }

  /** The rows less their mean row, [m][n]. */
  public static double[][] centred(float[][] rows) {
    return less(mean(rows), rows);
  }

  /** The rows less {@code origin}, [m][n]. */
  public static double[][] less(double[] origin, float[][] rows) {
    double[][] less = new double[rows.length][origin.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < origin.length; j++) {
        less[i][j] = rows[i][j] - origin[j];
      }
    }
    return less;
  }

  /** The inner product of vectors of one length. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** One row in double precision. */
  public static double[] widened(float[] row) {
    double[] wide = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      wide[j] = row[j];
    }
    return wide;
  }

  /** Each number rounded to single precision. */
  public static float[] narrowed(double[] wide) {
    float[] narrow = new float[wide.length];
    for (int j = 0; j < wide.length; j++) {
      narrow[j] = (float) wide[j];
    }
    return narrow;
  }

  private static double count(float[][] rows) {
    return (double) rows.length * rows[0].length;
  }
}
