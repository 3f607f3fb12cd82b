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

  /** Linear maps at a distance of 1e-3 from idempotents that are neither 0 nor I. */
  static List<Trial> near(Shape shape) {
    int n = shape.size();
    List<Trial> trials = new ArrayList<>();
    for (double[] kernel : proper(n)) {
      for (int draw = 0; draw < 3; draw++) {
        RandomGenerator random = RandomStreams.stream(draw, "near", n);
        double[] moved = new double[kernel.length];
        Arrays.setAll(moved, i -> kernel[i] + 1e-3 / n * random.nextGaussian());
        trials.add(Trial.linear(StackedNetwork.linear(shape), moved, Batches.whitened(shape)));
      }
    }
    return trials;
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
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double entry = -k[i * n + j];
        for (int l = 0; l < n; l++) {
          entry += k[i * n + l] * k[l * n + j];
        }
        sum += entry * entry;
      }
    }
    return sum;
  }

  private static double[] diagonal(int n, int rank) {
    double[] kernel = new double[n * n];
    for (int i = 0; i < rank; i++) {
      kernel[i * n + i] = 1;
    }
    return kernel;
  }
}
