package dev.idem.api.contract;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Matrices K with K^2 = K to the last bit, and what lies near them. */
final class Idempotents {

  private Idempotents() {}

  /** Idempotent maps of samples of a shape, on batches where no rounding happens. */
  static List<Trial> trials(Shape shape) {
    int n = shape.size();
    List<double[]> kernels = new ArrayList<>(proper(n));
    kernels.add(new double[n * n]);
    kernels.add(diagonal(n, n));
    StackedNetwork linear = StackedNetwork.linear(shape);
    StackedNetwork rectified = new StackedNetwork(shape, List.of(Activation.RELU));
    List<Trial> trials = new ArrayList<>();
    for (double[] kernel : kernels) {
      trials.add(Trial.linear(linear, kernel, Batches.dyadic(5, 6, shape)));
    }
    trials.add(Trial.linear(rectified, diagonal(n, (n + 1) / 2), Batches.dyadic(6, 6, shape)));
    return trials;
  }

  /**
   * A map near an idempotent one.
   *
   * @param eigenvalue near which some of its eigenvalues are; all others are 0 or 1
   */
  record Near(int eigenvalue, Trial trial) {
    double[] kernel() {
      return trial.values().get("kernel.0");
    }

    double error(int n) {
      return Idempotents.error(kernel(), n);
    }
  }

  /**
   * Linear maps at a distance of about 1e-5 from idempotents that are neither 0 nor I. In each,
   * eigenvalues are off 0 or off 1, never both: what is right at the ones may be wrong at the
   * others.
   */
  static List<Near> near(Shape shape) {
    int n = shape.size();
    List<Near> maps = new ArrayList<>();
    for (double[] kernel : proper(n)) {
      double[] complement = diagonal(n, n);
      Arrays.setAll(complement, i -> complement[i] - kernel[i]);
      for (int draw = 0; draw < 3; draw++) {
        RandomGenerator random = RandomStreams.stream(draw, "near", n);
        double[] noise = new double[kernel.length];
        Arrays.setAll(noise, i -> 1e-5 / n * random.nextGaussian());
        for (int eigenvalue = 0; eigenvalue < 2; eigenvalue++) {
          double[] projection = eigenvalue == 1 ? kernel : complement;
          double[] moved = product(product(projection, noise, n), projection, n);
          Arrays.setAll(moved, i -> kernel[i] + moved[i]);
          if (!Arrays.equals(moved, kernel)) {
            Trial trial =
                Trial.linear(StackedNetwork.linear(shape), moved, Batches.whitened(shape));
            maps.add(new Near(eigenvalue, trial));
          }
        }
      }
    }
    return maps;
  }

  /**
   * Orthogonal and oblique projections of half rank; of a line, both idempotents that there are.
   */
  private static List<double[]> proper(int n) {
    if (n == 1) {
      return List.of(new double[] {0}, new double[] {1});
    }
    double[] oblique = diagonal(n, n / 2);
    oblique[n - 1] = 3;
    double[] averages = diagonal(n, n % 2 == 0 ? 0 : n);
    for (int i = 0; i + 1 < n; i += 2) {
      for (int j = 0; j < 2; j++) {
        averages[(i + j) * n + i] = 0.5;
        averages[(i + j) * n + i + 1] = 0.5;
      }
    }
    return List.of(diagonal(n, n / 2), oblique, averages);
  }

  /** ||K^2 - K||^2, the sum of squares. */
  static double error(double[] k, int n) {
    double[] square = product(k, k, n);
    double sum = 0;
    for (int i = 0; i < k.length; i++) {
      sum += (square[i] - k[i]) * (square[i] - k[i]);
    }
    return sum;
  }

  private static double[] product(double[] a, double[] b, int n) {
    double[] product = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < n; l++) {
        for (int j = 0; j < n; j++) {
          product[i * n + j] += a[i * n + l] * b[l * n + j];
        }
      }
    }
    return product;
  }

  private static double[] diagonal(int n, int rank) {
    double[] kernel = new double[n * n];
    for (int i = 0; i < rank; i++) {
      kernel[i * n + i] = 1;
    }
    return kernel;
  }
}
