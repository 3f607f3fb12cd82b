package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.polynomial.AcceleratedIteration.OddQuintic;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AcceleratedIterationTest {

  private static final int N = 12;

  /** Symmetric, eigenvalues 1/2 +- s/2 with s log-uniform in [low, 1], both ends present. */
  private static double[][] nearTheSeparatrix(long seed, double low) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] q = new RandomMatrices(random).orthogonal(N);
    double[] k = new double[N];
    for (int i = 0; i < N; i++) {
      double s = Math.pow(low, i == 0 ? 1 : random.nextDouble());
      k[i] = 0.5 + (i % 2 == 0 ? s : -s) / 2;
    }
    return SquareMatrices.product(
        SquareMatrices.product(RandomMatrices.transposed(q), RandomMatrices.diagonal(k)), q);
  }

  @Property(tries = 30, seed = "31")
  void itReachesTheSameProjectionAsTheCubicByFewerMatrixProducts(
      @ForAll long seed, @ForAll @DoubleRange(min = -5, max = -1) double exponent) {
    double low = Math.pow(10, exponent);
    double[][] start = nearTheSeparatrix(seed, low);
    Purification cubic = IdempotentPolynomial.cubic().purify(start, 1e-11, 100);
    Purification fast = AcceleratedIteration.of(low * 0.999, 1).purify(start, 1e-11, 100);
    assertThat(cubic.converged()).as("%s", cubic).isTrue();
    assertThat(fast.converged()).as("%s", fast).isTrue();
    assertThat(fast.products()).isLessThan(cubic.products());
    assertThat(RandomMatrices.distance(fast.matrix(), cubic.matrix())).isLessThan(1e-6);
    assertThat(RandomMatrices.trace(fast.matrix())).isCloseTo(N / 2.0, within(1e-9));
  }

  @Test
  void nearTheSeparatrixItTakesAtMostThreeFifthsOfTheCubicsProducts() {
    double[][] start = nearTheSeparatrix(7, 1e-4);
    Purification cubic = IdempotentPolynomial.cubic().purify(start, 1e-11, 100);
    Purification fast = AcceleratedIteration.of(0.999e-4, 1).purify(start, 1e-11, 100);
    assertThat(fast.products()).isLessThan(cubic.products() * 3 / 5);
  }

  @Property(tries = 20, seed = "32")
  void everyQuinticLeadsToTheIntervalOfTheNext(
      @ForAll @DoubleRange(min = -8, max = -0.3) double exponent) {
    double low = Math.pow(10, exponent);
    double from = low;
    for (OddQuintic quintic : AcceleratedIteration.of(low, 1).quintics()) {
      double next = quintic.evaluate(from);
      assertThat(next).isGreaterThan(from);
      from = next;
    }
    assertThat(from).isBetween(0.95, 1.0);
  }

  @Property(tries = 15, seed = "33")
  void idempotentsComeThroughTheQuinticsAndStayAtTheEnd(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = N) int rank) {
    double[][] projection = new RandomMatrices(new SplittableRandom(seed)).projection(N, rank, 1);
    AcceleratedIteration iteration = AcceleratedIteration.of(1e-3, 1);
    double[][] k = projection;
    int steps = iteration.quintics().size() + 4;
    for (int i = 0; i < steps; i++) {
      k = iteration.step(i).purified(k);
    }
    assertThat(RandomMatrices.distance(k, projection)).isLessThan(1e-10);
    double[][] next = iteration.step(steps).purified(k);
    assertThat(RandomMatrices.distance(next, k)).isLessThan(1e-12);
    assertThat(iteration.purify(projection, 1e-10, 5).iterations()).isZero();
  }

  @Test
  void divergenceOfEigenvaluesOutsideTheIntervalIsReported() {
    Purification result =
        AcceleratedIteration.of(1e-3, 1).purify(RandomMatrices.diagonal(0.9, 3), 1e-12, 50);
    assertThat(result.outcome()).isEqualTo(Purification.Outcome.DIVERGED);
  }

  @Test
  void itSaysWhatItIsMadeOf() {
    AcceleratedIteration iteration = AcceleratedIteration.of(0.97, 1);
    assertThat(iteration.quintics()).isEmpty();
    assertThat(iteration).hasToString("0 quintics, then 3K^2 - 2K^3");
    assertThat(iteration.step(3)).isEqualTo(OddQuintic.newtonSchulz());
    assertThat(OddQuintic.newtonSchulz().products()).isEqualTo(2);
    assertThat(OddQuintic.minimax(0.1, 1).products()).isEqualTo(3);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> AcceleratedIteration.of(0, 1))
        .hasMessage("low (0.0) must be at least 1e-8");
    assertThatThrownBy(() -> AcceleratedIteration.of(0.5, 2))
        .hasMessage("high (2.0) must be above low (0.5) and at most 1.5");
    assertThatThrownBy(() -> AcceleratedIteration.of(0.1, 1).step(-1))
        .hasMessage("index (-1) must not be negative");
  }

  @Property(tries = 50, seed = "34")
  void steepQuinticsAreTheCubicPlusATermThatVanishesTwiceAtIdempotents(
      @ForAll @IntRange(min = 1, max = 8) int c,
      @ForAll @DoubleRange(min = -0.2, max = 1.2) double k) {
    IdempotentPolynomial g = IdempotentPolynomial.steepQuintic(c);
    double added = c * k * k * (1 - k) * (1 - k) * (2 * k - 1);
    double expected = IdempotentPolynomial.cubic().evaluate(k) + added;
    assertThat(g.evaluate(k)).isCloseTo(expected, within(1e-12));
    assertThat(g.derivative(0.5)).isCloseTo(1.5 + c / 8.0, within(1e-12));
    assertThat(g.evaluate(Math.max(0, Math.min(1, k)))).isBetween(-0.031, 1.031);
  }

  @Test
  void steepnessThreeIsTheSmoothstepAndOthersAreRefused() {
    assertThat(IdempotentPolynomial.steepQuintic(3)).isEqualTo(IdempotentPolynomial.ofOrder(2));
    assertThatThrownBy(() -> IdempotentPolynomial.steepQuintic(9))
        .hasMessage("steepness (9) must be from 1 to 8");
  }

  @Property
  void everyEigenvalueOfTheIntervalReachesItsIdempotent(
      @ForAll @DoubleRange(min = -8, max = 0) double logLow,
      @ForAll @DoubleRange(min = 0, max = 1) double between,
      @ForAll @DoubleRange(min = 0, max = 1) double place) {
    double low = Math.pow(10, logLow);
    double high = low + (1.5 - low) * Math.max(1e-3, between);
    double apart = low + place * (high - low);

    double[][] k = {{0.5 + apart / 2}};
    assertThat(AcceleratedIteration.of(low, high).purify(k, 1e-9, 200).converged()).isTrue();
  }
}
