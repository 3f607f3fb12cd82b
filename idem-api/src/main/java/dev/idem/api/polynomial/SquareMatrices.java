package dev.idem.api.polynomial;

import dev.idem.api.check.Require;

/** Dense arithmetic on square matrices given as rows. */
final class SquareMatrices {

  private SquareMatrices() {}

  /** Requires at least one row, each as long as there are rows, and finite entries. */
  static void requireSquare(double[][] matrix) {
    Require.argument(matrix.length > 0, "matrix (0 rows) must have at least one row");
    for (int row = 0; row < matrix.length; row++) {
      Require.argument(
          matrix[row].length == matrix.length,
          "matrix (%s rows, row %s of length %s) must be square",
          matrix.length,
          row,
          matrix[row].length);
      for (int column = 0; column < matrix.length; column++) {
        Require.argument(
            Double.isFinite(matrix[row][column]),
            "matrix[%s][%s] (%s) must be finite",
            row,
            column,
            matrix[row][column]);
      }
    }
  }

  static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int row = 0; row < matrix.length; row++) {
      copy[row] = matrix[row].clone();
    }
    return copy;
  }

  static double[][] scaled(double[][] matrix, double factor) {
    double[][] scaled = copy(matrix);
    for (double[] row : scaled) {
      for (int column = 0; column < row.length; column++) {
        row[column] *= factor;
      }
    }
    return scaled;
  }

  /** Adds {@code value} to each diagonal entry of {@code matrix} itself. */
  static void addToDiagonal(double[][] matrix, double value) {
    for (int i = 0; i < matrix.length; i++) {
      matrix[i][i] += value;
    }
  }

  static double[][] product(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int row = 0; row < n; row++) {
      for (int inner = 0; inner < n; inner++) {
        double factor = a[row][inner];
        for (int column = 0; column < n; column++) {
          product[row][column] += factor * b[inner][column];
        }
      }
    }
    return product;
  }

  /** ||K^2 - K||_F. */
  static double idempotencyResidual(double[][] k) {
    double[][] square = product(k, k);
    double sum = 0;
    for (int row = 0; row < k.length; row++) {
      for (int column = 0; column < k.length; column++) {
        double difference = square[row][column] - k[row][column];
        sum += difference * difference;
      }
    }
    return Math.sqrt(sum);
  }
}
