package dev.idem.api.reference;

/** Products of row-major matrices. */
final class Matrices {

  private Matrices() {}

  /** [rows, inner] times [inner, columns]. */
  static double[] multiply(double[] a, double[] b, int rows, int inner, int columns) {
    double[] product = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = a[i * inner + k];
        for (int j = 0; j < columns; j++) {
          product[i * columns + j] += factor * b[k * columns + j];
        }
      }
    }
    return product;
  }

  /** [rows, columns] to [columns, rows]. */
  static double[] transpose(double[] a, int rows, int columns) {
    double[] transposed = new double[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = a[i * columns + j];
      }
    }
    return transposed;
  }
}
