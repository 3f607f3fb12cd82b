package dev.idem.api.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.training.TrainingObjective;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** For linear f on whitened inputs, one gradient step is one step of the iterator. */
class IteratorLawTest {

  private static final ReferenceAlgebra OPS = new ReferenceAlgebra();

  @Property(tries = 200)
  void oneSgdStepOfSizeHIsKPlusHTimesTheIteratorsStep(
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll @DoubleRange(min = 0.01, max = 1) double h,
      @ForAll long seed) {
    double[] k = drawn(width, seed);
    double[] expected = cubicStep(k, width, h);
    double[] batchMean = step(k, width, h, Scale.BATCH_MEAN);
    double[] overall = step(k, width, h * width, Scale.BATCH_AND_WIDTH_MEAN);
    for (int i = 0; i < k.length; i++) {
      double tolerance = 1e-12 * Math.max(1, Math.abs(expected[i]));
      assertThat(batchMean[i]).isCloseTo(expected[i], within(tolerance));
      assertThat(overall[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  @Property(tries = 50)
  void aFullStepIsTheIteratorItself(
      @ForAll @IntRange(min = 1, max = 8) int width, @ForAll long seed) {
    double[] k = drawn(width, seed);
    ReferenceTensor matrix = ReferenceTensor.of(Shape.of(width, width), k);
    ReferenceTensor square = OPS.matMul(matrix, matrix);
    ReferenceTensor iterated =
        OPS.subtract(OPS.multiply(square, 3), OPS.multiply(OPS.matMul(square, matrix), 2));
    assertThat(step(k, width, 1, Scale.BATCH_MEAN))
        .containsExactly(iterated.values(), within(1e-12));
  }

  private static double[] drawn(int width, long seed) {
    return RandomStreams.stream(seed, "matrix", 0).doubles((long) width * width, -1, 1).toArray();
  }

  /** SGD on x = sqrt(n) times the rows of the identity, whose second moment is exactly I. */
  private static double[] step(double[] k, int width, double rate, Scale scale) {
    double[][] whitened = new double[width][width];
    for (int i = 0; i < width; i++) {
      whitened[i][i] = Math.sqrt(width);
    }
    SubstitutedGradient strategy =
        new SubstitutedGradient(IdempotentPolynomial.cubic(), 1, scale, OptionalDouble.empty());
    double[] gradient =
        new ReferenceModel(DenseNetwork.linear(width), Map.of("kernel.0", k))
            .differentiate(
                TrainingObjective.of(strategy),
                Map.of("x", ReferenceTensor.batch(Shape.of(width), whitened)))
            .gradients()
            .get("kernel.0");
    double[] updated = k.clone();
    for (int i = 0; i < k.length; i++) {
      updated[i] -= rate * gradient[i];
    }
    return updated;
  }

  /** K + h (3K^2 - 2K^3 - K), written out. */
  private static double[] cubicStep(double[] k, int n, double h) {
    double[] square = product(k, k, n);
    double[] cube = product(square, k, n);
    double[] result = new double[k.length];
    for (int i = 0; i < k.length; i++) {
      result[i] = k[i] + h * (3 * square[i] - 2 * cube[i] - k[i]);
    }
    return result;
  }

  private static double[] product(double[] a, double[] b, int n) {
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int l = 0; l < n; l++) {
          c[i * n + j] += a[i * n + l] * b[l * n + j];
        }
      }
    }
    return c;
  }
}
