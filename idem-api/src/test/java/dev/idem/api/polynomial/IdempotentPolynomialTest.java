package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import java.math.BigInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class IdempotentPolynomialTest {

  private final IdempotentPolynomial cubic = IdempotentPolynomial.cubic();

  @Test
  void isWrittenAsInThePaper() {
    assertThat(cubic).hasToString("3K^2 - 2K^3");
    assertThat(IdempotentPolynomial.ofOrder(2)).hasToString("10K^3 - 15K^4 + 6K^5");
    assertThat(IdempotentPolynomial.of(0, 2, 0, -1)).hasToString("2K^2 - K^4");
  }

  @Test
  void theFirstOrderIsTheCubic() {
    assertThat(IdempotentPolynomial.ofOrder(1)).isEqualTo(cubic).hasSameHashCodeAs(cubic);
    assertThat(IdempotentPolynomial.ofOrder(2)).isNotEqualTo(cubic);
  }

  @Test
  void leadingZerosDoNotCount() {
    assertThat(IdempotentPolynomial.of(0, 3, -2, 0, 0)).isEqualTo(cubic);
    assertThat(cubic.degree()).isEqualTo(3);
    assertThat(cubic.coefficient(7)).isZero();
  }

  @Property(tries = 20, seed = "20250701")
  void coefficientsOfEveryOrderSumToOne(@ForAll @IntRange(min = 1, max = 40) int order) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    BigInteger sum =
        IntStream.rangeClosed(1, g.degree())
            .mapToObj(g::coefficient)
            .reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(g.degree()).isEqualTo(2 * order + 1);
    assertThat(sum).isOne();
  }

  @Property(tries = 100, seed = "20250701")
  void theFamilyIsSymmetricAboutOneHalf(
      @ForAll @IntRange(min = 1, max = 5) int order,
      @ForAll @DoubleRange(min = -0.5, max = 1.5) double k) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    assertThat(g.evaluate(1 - k)).isCloseTo(1 - g.evaluate(k), within(1e-8));
  }

  @Property(tries = 100, seed = "20250701")
  void theDerivativeIsTheLimitOfDifferences(
      @ForAll @IntRange(min = 1, max = 4) int order,
      @ForAll @DoubleRange(min = -0.4, max = 1.4) double k) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    double h = 1e-5;
    double difference = (g.evaluate(k + h) - g.evaluate(k - h)) / (2 * h);
    assertThat(g.derivative(k)).isCloseTo(difference, within(1e-4));
  }

  @Test
  void errorsShrinkWithThePowerOrderPlusOne() {
    for (int order = 1; order <= 4; order++) {
      IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
      double coarse = Math.abs(g.evaluate(2e-3));
      double fine = Math.abs(g.evaluate(1e-3));
      double observed = Math.log(coarse / fine) / Math.log(2);
      assertThat(observed).as("order %s", order).isCloseTo(order + 1, within(0.01));
    }
  }

  @Test
  void anOrbitOutsideOverflowsToInfinityAndNeverToNaN() {
    assertThat(cubic.iterate(2, 1000)).isInfinite();
    assertThat(cubic.iterate(-1, 1000)).isInfinite();
    assertThat(cubic.iterate(0.75, 0)).isEqualTo(0.75);
    assertThat(cubic.iterate(0.75, 20)).isEqualTo(1);
  }

  @Test
  void polynomialsThatAreNotIdempotentIteratorsAreRefusedWithTheBrokenCondition() {
    assertThatThrownBy(() -> IdempotentPolynomial.of(1))
        .hasMessage("g'(0) (1) must be 0 for K to be an idempotent iterator");
    assertThatThrownBy(() -> IdempotentPolynomial.of(0, 1))
        .hasMessage("g'(1) (2) must be 0 for K^2 to be an idempotent iterator");
    assertThatThrownBy(() -> IdempotentPolynomial.of(0, 3))
        .hasMessage("g(1) (3) must be 1 for 3K^2 to be an idempotent iterator");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(IdempotentPolynomial::of)
        .hasMessage("coefficients [] must have one that is not 0");
    assertThatThrownBy(() -> IdempotentPolynomial.of(0, 0)).hasMessageContaining("[0, 0]");
    assertThatThrownBy(() -> IdempotentPolynomial.ofOrder(0))
        .hasMessage("order (0) must be positive");
    assertThatThrownBy(() -> cubic.coefficient(-1)).hasMessage("power (-1) must not be negative");
    assertThatThrownBy(() -> cubic.evaluate(Double.NaN)).hasMessage("k (NaN) must be a number");
    assertThatThrownBy(() -> cubic.derivative(Double.NaN)).hasMessage("k (NaN) must be a number");
    assertThatThrownBy(() -> cubic.iterate(0.5, -1)).hasMessage("steps (-1) must not be negative");
    assertThatThrownBy(() -> cubic.evaluate(new Complex(0, Double.NaN)))
        .hasMessageContaining("must be a number");
  }

  @Test
  void matricesThatAreNotSquareOrNotFiniteAreRefused() {
    assertThatThrownBy(() -> cubic.evaluate(new double[0][0]))
        .hasMessage("matrix (0 rows) must have at least one row");
    assertThatThrownBy(() -> cubic.evaluate(new double[][] {{1, 2, 3}, {4, 5, 6}}))
        .hasMessage("matrix (2 rows, row 0 of length 3) must be square");
    assertThatThrownBy(() -> cubic.evaluate(new double[][] {{1, 2}, {3}}))
        .hasMessage("matrix (2 rows, row 1 of length 1) must be square");
    assertThatThrownBy(() -> cubic.evaluate(new double[][] {{1, 2}, {3, Double.NaN}}))
        .hasMessage("matrix[1][1] (NaN) must be finite");
  }

  @Test
  void theDerivativeAtInfinityIsItsLimit() {
    assertThat(IdempotentPolynomial.cubic().derivative(Double.POSITIVE_INFINITY))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(IdempotentPolynomial.cubic().derivative(Double.NEGATIVE_INFINITY))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
