package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PurificationTest {

  private static final int N = 32;

  private final IdempotentPolynomial cubic = IdempotentPolynomial.cubic();

  /** Noise 0.1 is a matrix of spectral norm 0.1, not symmetric, independent of the projection. */
  @Property(tries = 25, seed = "11")
  void theCubicPurifiesNoisyProjectionsAndKeepsTheirRank(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = N) int rank,
      @ForAll @DoubleRange(min = 0, max = 1) double obliqueness) {
    RandomMatrices matrices = new RandomMatrices(new SplittableRandom(seed));
    double[][] projection = matrices.projection(N, rank, obliqueness);
    double[][] start = RandomMatrices.sum(projection, matrices.ofSpectralNorm(N, 0.1));

    Purification result = cubic.purify(start, 1e-12, 8);

    assertThat(SquareMatrices.idempotencyResidual(start)).isGreaterThan(1e-2);
    assertThat(result.converged()).as("%s", result).isTrue();
    assertThat(result.iterations()).isBetween(1, 8);
    assertThat(SquareMatrices.idempotencyResidual(result.matrix()))
        .isEqualTo(result.residual())
        .isLessThan(1e-12);
    assertThat(RandomMatrices.trace(result.matrix())).isCloseTo(rank, within(1e-9));
  }

  @Property(tries = 15, seed = "12")
  void idempotentMatricesAreFixedPointsOfEveryOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 12) int rank,
      @ForAll @IntRange(min = 1, max = 4) int order) {
    double[][] projection = new RandomMatrices(new SplittableRandom(seed)).projection(12, rank, 1);
    double[][] image = IdempotentPolynomial.ofOrder(order).evaluate(projection);
    assertThat(RandomMatrices.distance(image, projection)).isLessThan(1e-10);
  }

  @Property(tries = 15, seed = "13")
  void aHigherOrderNeedsNoMoreIterations(@ForAll long seed) {
    RandomMatrices matrices = new RandomMatrices(new SplittableRandom(seed));
    double[][] start =
        RandomMatrices.sum(matrices.projection(12, 5, 0), matrices.ofSpectralNorm(12, 0.1));
    int before = Integer.MAX_VALUE;
    for (int order = 1; order <= 3; order++) {
      Purification result = IdempotentPolynomial.ofOrder(order).purify(start, 1e-11, 20);
      assertThat(result.converged()).as("%s", result).isTrue();
      assertThat(result.iterations()).isLessThanOrEqualTo(before);
      before = result.iterations();
    }
  }

  @Property(tries = 25, seed = "14")
  void aMatrixIsTreatedEigenvalueByEigenvalue(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int order) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] eigenvalues = random.doubles(8, -0.5, 1.5).toArray();
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    double[][] image = g.evaluate(RandomMatrices.diagonal(eigenvalues));
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 8; j++) {
        double expected = i == j ? g.evaluate(eigenvalues[i]) : 0;
        assertThat(image[i][j]).isCloseTo(expected, within(1e-11));
      }
    }
  }

  @Property(tries = 25, seed = "15")
  void theIterationCommutesWithAChangeOfBasis(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int order) {
    RandomMatrices matrices = new RandomMatrices(new SplittableRandom(seed));
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    double[][] k = matrices.ofSpectralNorm(6, 1);
    double[][] left = matrices.orthogonal(6);
    double[][] right = matrices.orthogonal(6);
    double[][] basis = scaledBetween(left, right, 1, 2, 0.5, 1, 3, 1);
    double[][] inverse =
        scaledBetween(
            RandomMatrices.transposed(right),
            RandomMatrices.transposed(left),
            1,
            0.5,
            2,
            1,
            1 / 3.0,
            1);
    double[][] changedThenMapped = g.evaluate(conjugated(basis, k, inverse));
    double[][] mappedThenChanged = conjugated(basis, g.evaluate(k), inverse);
    assertThat(RandomMatrices.distance(changedThenMapped, mappedThenChanged)).isLessThan(1e-8);
  }

  private static double[][] scaledBetween(double[][] left, double[][] right, double... scales) {
    return SquareMatrices.product(
        SquareMatrices.product(left, RandomMatrices.diagonal(scales)), right);
  }

  private static double[][] conjugated(double[][] basis, double[][] k, double[][] inverse) {
    return SquareMatrices.product(SquareMatrices.product(basis, k), inverse);
  }

  @Property(tries = 50, seed = "16")
  void aComplexNumberIsTheRotationMatrixItStandsFor(
      @ForAll @DoubleRange(min = -1, max = 2) double re,
      @ForAll @DoubleRange(min = -1, max = 1) double im,
      @ForAll @IntRange(min = 1, max = 4) int order) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    Complex image = g.evaluate(new Complex(re, im));
    double[][] matrix = g.evaluate(new double[][] {{re, -im}, {im, re}});
    double accuracy = 1e-12 * Math.max(1, image.modulus()) * Math.pow(20, order);
    assertThat(matrix[0][0]).isCloseTo(image.re(), within(accuracy));
    assertThat(matrix[1][0]).isCloseTo(image.im(), within(accuracy));
    assertThat(g.evaluate(new Complex(re, 0)).re()).isEqualTo(g.evaluate(re));
  }

  @Test
  void aStartOutsideTheBasinsIsReportedAsDiverged() {
    Purification result = cubic.purify(RandomMatrices.diagonal(0.9, 2), 1e-12, 100);
    assertThat(result.outcome()).isEqualTo(Purification.Outcome.DIVERGED);
    assertThat(result.converged()).isFalse();
    assertThat(result.residual()).isFinite();
    assertThat(result.iterations()).isLessThan(100);
    assertThat(result)
        .hasToString(
            "DIVERGED after " + result.iterations() + " iterations, residual " + result.residual());
  }

  @Test
  void aStartThatNeedsMoreTimeIsReportedAsExhausted() {
    Purification result = cubic.purify(RandomMatrices.diagonal(0.4, 0.9), 1e-12, 2);
    assertThat(result.outcome()).isEqualTo(Purification.Outcome.EXHAUSTED);
    assertThat(result.iterations()).isEqualTo(2);
    assertThat(cubic.purify(RandomMatrices.diagonal(0.4, 0.9), 1e-12, 20).converged()).isTrue();
  }

  @Test
  void anIdempotentStartNeedsNoIteration() {
    double[][] start = RandomMatrices.diagonal(1, 0, 1);
    Purification result = cubic.purify(start, 1e-12, 0);
    assertThat(result.converged()).isTrue();
    assertThat(result.iterations()).isZero();
    assertThat(result.matrix()).isDeepEqualTo(start).isNotSameAs(start);
  }

  @Test
  void theStartIsLeftAsItIs() {
    double[][] start = RandomMatrices.diagonal(0.9, 0.2);
    Purification result = cubic.purify(start, 1e-12, 20);
    result.matrix()[0][0] = 7;
    assertThat(start).isDeepEqualTo(RandomMatrices.diagonal(0.9, 0.2));
    assertThat(result.matrix()[0][0]).isCloseTo(1, within(1e-12));
  }

  @Test
  void badInputIsNamed() {
    double[][] identity = RandomMatrices.diagonal(1, 1);
    assertThatThrownBy(() -> cubic.purify(identity, 0, 5))
        .hasMessage("tolerance (0.0) must be positive");
    assertThatThrownBy(() -> cubic.purify(identity, 1e-9, -1))
        .hasMessage("maxIterations (-1) must not be negative");
    assertThatThrownBy(() -> cubic.purify(new double[][] {{1, 2}}, 1e-9, 5))
        .hasMessageContaining("must be square");
    assertThatThrownBy(() -> cubic.purify(RandomMatrices.diagonal(1e200, 1), 1e-9, 5))
        .hasMessage("matrix must have a finite ||K^2 - K||_F (Infinity)");
  }
}
