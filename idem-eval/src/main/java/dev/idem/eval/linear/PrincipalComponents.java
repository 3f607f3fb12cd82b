package dev.idem.eval.linear;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The orthonormal directions in which rows vary most about their mean: the eigenvectors of their
 * covariance, the one of the largest variance first (Pearson, 1901). Each direction's sign is such
 * that its coordinate of largest magnitude is positive, so that the same rows give the same
 * picture.
 */
public final class PrincipalComponents {

  private final double[] mean;
  private final double[][] directions;
  private final double[] variances;
  private final double totalVariance;

  private PrincipalComponents(
      double[] mean, double[][] directions, double[] variances, double totalVariance) {
    this.mean = mean;
    this.directions = directions;
    this.variances = variances;
    this.totalVariance = totalVariance;
  }

  /**
   * The first principal components of rows, by the spectrum of a symmetric matrix of size min(m,
   * n).
   *
   * @param rows [m][n], at least two, finite, all of one width
   * @param components positive, at most the rank of the centred rows
   */
  public static PrincipalComponents fit(float[][] rows, int components) {
    return fit(rows, components, components);
  }

  /**
   * The same of so many components as the rows have, at most {@code most}: many images may be few
   * different ones.
   *
   * @param rows [m][n], at least two, finite, all of one width, not all the same
   * @param most positive
   */
  public static PrincipalComponents fitAtMost(float[][] rows, int most) {
    return fit(rows, 1, most);
  }

  private static PrincipalComponents fit(float[][] rows, int least, int most) {
    Rows.requireTwo("samples", rows);
    Require.positive("components", most);
    double[][] centred = Rows.centred(rows);
    Spectrum spectrum = Spectrum.of(Spectrum.smallerGram(centred));
    Require.argument(
        least <= spectrum.rank(),
        "components (%s) must be at most %s, the rank of the centred samples",
        least,
        spectrum.rank());
    int components = Math.min(most, spectrum.rank());
    boolean fewRows = rows.length < rows[0].length;
    double[][] directions =
        Arrays.stream(spectrum.vectors())
            .limit(components)
            .map(v -> withSign(fewRows ? combined(centred, v) : v))
            .toArray(double[][]::new);
    double degrees = rows.length - 1;
    double[] variances =
        Arrays.stream(spectrum.values()).limit(components).map(v -> v / degrees).toArray();
    double total = Rows.variance(rows) * rows.length * rows[0].length / degrees;
    return new PrincipalComponents(Rows.mean(rows), directions, variances, total);
  }

  /** A^T u of norm 1: turns an eigenvector u of A A^T into one of A^T A. */
  private static double[] combined(double[][] a, double[] u) {
    double[] sum = new double[a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += u[i] * a[i][j];
      }
    }
    double norm = Math.sqrt(Rows.dot(sum, sum));
    return Arrays.stream(sum).map(v -> v / norm).toArray();
  }

  private static double[] withSign(double[] direction) {
    double largest = 0;
    for (double value : direction) {
      // Ties within rounding go to the first, or rounding would choose the sign.
      largest = Math.abs(value) > Math.abs(largest) * (1 + 1e-9) ? value : largest;
    }
    double sign = Math.signum(largest);
    return Arrays.stream(direction).map(v -> sign * v).toArray();
  }

  /**
   * The coordinates of rows along the components: (row - mean) . direction, with the mean of the
   * rows that were fitted.
   *
   * @param rows [m][n], at least one, finite, of the width that was fitted
   * @return [m][components]
   */
  public double[][] project(float[][] rows) {
    Rows.requireSamples(rows);
    Require.argument(
        rows[0].length == mean.length,
        "samples to project have width %s, the fitted ones had %s",
        rows[0].length,
        mean.length);
    double[][] centred = Rows.less(mean, rows);
    double[][] projected = new double[rows.length][directions.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < directions.length; k++) {
        projected[i][k] = Rows.dot(centred[i], directions[k]);
      }
    }
    return projected;
  }

  /** {@link #project}, each coordinate rounded to single precision. */
  public float[][] projectFloats(float[][] rows) {
    return Arrays.stream(project(rows)).map(Rows::narrowed).toArray(float[][]::new);
  }

  /**
   * The rows at given coordinates: mean + sum_k coordinate_k direction_k, each number rounded once
   * to single precision.
   *
   * @param coordinates [m][components]
   * @return [m][n]
   * @throws IllegalArgumentException if there is another number of coordinates in a row
   */
  public float[][] reconstruct(double[][] coordinates) {
    float[][] rows = new float[coordinates.length][];
    for (int i = 0; i < rows.length; i++) {
      Require.argument(
          coordinates[i].length == directions.length,
          "row %s has %s coordinates; there are %s components",
          i,
          coordinates[i].length,
          directions.length);
      double[] row = mean.clone();
      for (int k = 0; k < directions.length; k++) {
        for (int j = 0; j < row.length; j++) {
          row[j] += coordinates[i][k] * directions[k][j];
        }
      }
      rows[i] = Rows.narrowed(row);
    }
    return rows;
  }

  /**
   * The orthogonal projection onto the plane of the components, [m][n] to [m][n]: of all affine
   * maps of that rank the one that reconstructs the fitted rows best. Idempotent up to rounding to
   * single precision.
   */
  public UnaryOperator<float[][]> projection() {
    return rows -> reconstruct(project(rows));
  }

  /** Direction {@code k}, from 0, [n], of norm 1. */
  public double[] direction(int k) {
    return directions[k].clone();
  }

  /** The unbiased variance of the fitted rows along each direction. */
  public List<Double> variances() {
    return Arrays.stream(variances).boxed().toList();
  }

  /** The variance along each direction as a share of the fitted rows' whole variance, in [0, 1]. */
  public List<Double> explainedShares() {
    return Arrays.stream(variances).map(v -> v / totalVariance).boxed().toList();
  }
}
