package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.polynomial.AcceleratedIteration.OddQuintic;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class OddQuinticTest {

  private static final int GRID = 4_000;

  /** By Chebyshev's theorem this alone makes it the best. */
  @Property(tries = 60, seed = "21")
  void theMinimaxErrorIsReachedFourTimesWithAlternatingSignsAndNowhereExceeded(
      @ForAll @DoubleRange(min = -6, max = -0.05) double exponent,
      @ForAll @DoubleRange(min = 0.5, max = 1.5) double high) {
    double low = high * Math.pow(10, exponent);
    OddQuintic p = OddQuintic.minimax(low, high);
    double error = 1 - p.evaluate(low);
    assertThat(error).isBetween(0.0, 1.0);
    assertThat(p.evaluate(high) - 1).isCloseTo(error, within(1e-9));
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    double mostAt = 0;
    double leastAt = 0;
    for (int i = 1; i < GRID; i++) {
      double s = low + (high - low) * i / GRID;
      double value = p.evaluate(s) - 1;
      assertThat(Math.abs(value)).isLessThanOrEqualTo(error * (1 + 1e-6) + 1e-12);
      if (s < low + (high - low) * 0.97 && value > most) {
        most = value;
        mostAt = s;
      }
      if (s > low + (high - low) * 0.3 && value < least) {
        least = value;
        leastAt = s;
      }
    }
    assertThat(most).isCloseTo(error, within(1e-3 * error));
    assertThat(least).isCloseTo(-error, within(1e-3 * error));
    assertThat(mostAt).isLessThan(leastAt);
  }

  @Property(tries = 40, seed = "22")
  void noNearbyQuinticIsBetter(
      @ForAll @DoubleRange(min = -3, max = -0.1) double exponent, @ForAll long seed) {
    double low = Math.pow(10, exponent);
    OddQuintic best = OddQuintic.minimax(low, 1);
    SplittableRandom random = new SplittableRandom(seed);
    OddQuintic other =
        new OddQuintic(
            best.a() + random.nextDouble(-0.1, 0.1),
            best.b() + random.nextDouble(-0.1, 0.1),
            best.c() + random.nextDouble(-0.1, 0.1));
    assertThat(largestError(other, low)).isGreaterThan(largestError(best, low) - 1e-9);
  }

  private static double largestError(OddQuintic p, double low) {
    double largest = 0;
    for (int i = 0; i <= GRID; i++) {
      largest = Math.max(largest, Math.abs(1 - p.evaluate(low + (1 - low) * i / GRID)));
    }
    return largest;
  }

  @Test
  void nearbyEndsLeaveTheQuinticOfNewtonAndSchulz() {
    OddQuintic p = OddQuintic.minimax(0.99, 1.01);
    assertThat(p.a()).isCloseTo(15 / 8.0, within(1e-3));
    assertThat(p.b()).isCloseTo(-10 / 8.0, within(1e-3));
    assertThat(p.c()).isCloseTo(3 / 8.0, within(1e-3));
  }

  @Property(tries = 50, seed = "23")
  void newtonAndSchulzIsTheCubicSeenFromTheInvolution(
      @ForAll @DoubleRange(min = -1, max = 2) double k) {
    double seen = (1 + OddQuintic.newtonSchulz().evaluate(2 * k - 1)) / 2;
    assertThat(seen).isCloseTo(IdempotentPolynomial.cubic().evaluate(k), within(1e-13 * 30));
  }

  @Property(tries = 25, seed = "24")
  void aMatrixIsTreatedEigenvalueByEigenvalue(@ForAll long seed) {
    RandomMatrices matrices = new RandomMatrices(new SplittableRandom(seed));
    double[] k = new SplittableRandom(seed).doubles(6, 0, 1).toArray();
    double[][] q = matrices.orthogonal(6);
    for (OddQuintic p : new OddQuintic[] {OddQuintic.minimax(0.01, 1), OddQuintic.newtonSchulz()}) {
      double[] mapped = new double[6];
      for (int i = 0; i < 6; i++) {
        mapped[i] = (1 + p.evaluate(2 * k[i] - 1)) / 2;
      }
      double[][] expected = conjugated(q, mapped);
      assertThat(RandomMatrices.distance(p.purified(conjugated(q, k)), expected)).isLessThan(1e-12);
    }
  }

  private static double[][] conjugated(double[][] q, double[] eigenvalues) {
    return SquareMatrices.product(
        SquareMatrices.product(RandomMatrices.transposed(q), RandomMatrices.diagonal(eigenvalues)),
        q);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> OddQuintic.minimax(0, 1)).hasMessage("low (0.0) must be positive");
    assertThatThrownBy(() -> OddQuintic.minimax(1, 1)).hasMessageContaining("high (1.0) must be");
    assertThatThrownBy(() -> new OddQuintic(Double.NaN, 0, 0)).hasMessageContaining("finite");
    assertThatThrownBy(() -> OddQuintic.newtonSchulz().purified(new double[][] {{1, 2}}))
        .hasMessageContaining("must be square");
  }
}
