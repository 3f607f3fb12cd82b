package dev.idem.api.polynomial;

import java.util.random.RandomGenerator;

/** Random matrices for tests, drawn from the generator they are handed. */
final class RandomMatrices {

  private final RandomGenerator random;

  RandomMatrices(RandomGenerator random) {
    this.random = random;
  }

  /** Independent N(0, 1) entries. */
  double[][] gaussian(int n) {
    double[][] matrix = new double[n][n];
    for (double[] row : matrix) {
      for (int column = 0; column < n; column++) {
        row[column] = random.nextGaussian();
      }
    }
    return matrix;
  }

  /** Orthogonal: the rows of a Gaussian matrix after Gram and Schmidt, twice for accuracy. */
  double[][] orthogonal(int n) {
    double[][] q = gaussian(n);
    for (int row = 0; row < n; row++) {
      for (int repeat = 0; repeat < 2; repeat++) {
        for (int before = 0; before < row; before++) {
          addTo(q[row], q[before], -dot(q[row], q[before]));
        }
      }
      double norm = Math.sqrt(dot(q[row], q[row]));
      for (int column = 0; column < n; column++) {
        q[row][column] /= norm;
      }
    }
    return q;
  }

  /** A matrix of spectral norm {@code norm}: singular values 1 down to 1/n times that. */
  double[][] ofSpectralNorm(int n, double norm) {
    double[] singularValues = new double[n];
    for (int i = 0; i < n; i++) {
      singularValues[i] = norm * (n - i) / n;
    }
    return SquareMatrices.product(
        SquareMatrices.product(orthogonal(n), diagonal(singularValues)), orthogonal(n));
  }

  /**
   * A projection Q^T [I X; 0 0] Q of this rank with ||X|| = {@code obliqueness}: orthogonal for 0,
   * of spectral norm sqrt(1 + obliqueness^2) otherwise.
   */
  double[][] projection(int n, int rank, double obliqueness) {
    double[][] block = new double[n][n];
    double[][] x = ofSpectralNorm(n, obliqueness);
    for (int row = 0; row < rank; row++) {
      block[row][row] = 1;
      System.arraycopy(x[row], rank, block[row], rank, n - rank);
    }
    double[][] q = orthogonal(n);
    return SquareMatrices.product(SquareMatrices.product(transposed(q), block), q);
  }

  static double[][] diagonal(double... entries) {
    double[][] matrix = new double[entries.length][entries.length];
    for (int i = 0; i < entries.length; i++) {
      matrix[i][i] = entries[i];
    }
    return matrix;
  }

  static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix.length][matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix.length; column++) {
        transposed[column][row] = matrix[row][column];
      }
    }
    return transposed;
  }

  static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = SquareMatrices.copy(a);
    for (int row = 0; row < a.length; row++) {
      addTo(sum[row], b[row], 1);
    }
    return sum;
  }

  static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }

  /** The largest entry of a - b in size. */
  static double distance(double[][] a, double[][] b) {
    double largest = 0;
    for (int row = 0; row < a.length; row++) {
      for (int column = 0; column < a.length; column++) {
        largest = Math.max(largest, Math.abs(a[row][column] - b[row][column]));
      }
    }
    return largest;
  }

  private static void addTo(double[] target, double[] source, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * source[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }
}
