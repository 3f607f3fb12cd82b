package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RealRootsTest {

  private static IntegerPolynomial polynomial(long... coefficients) {
    return new IntegerPolynomial(
        Arrays.stream(coefficients).mapToObj(BigInteger::valueOf).toList());
  }

  /** Roots are eighths, so exact; an irreducible quadratic without real roots is mixed in. */
  @Property(tries = 100, seed = "41")
  void findsExactlyTheRootsOfAProductEachOnce(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = -40, max = 40) Integer> eighths,
      @ForAll boolean squared) {
    IntegerPolynomial f = polynomial(1, 1, 1);
    TreeSet<Rational> roots = new TreeSet<>();
    for (int eighth : eighths) {
      IntegerPolynomial factor = polynomial(-eighth, 8);
      f = f.times(factor);
      f = squared ? f.times(factor) : f;
      roots.add(new Rational(BigInteger.valueOf(eighth), BigInteger.valueOf(8)));
    }
    assertThat(RealRoots.of(f)).containsExactlyElementsOf(roots);
  }

  @Test
  void irrationalRootsAreCorrectToTheLastPlace() {
    assertThat(RealRoots.of(polynomial(-2, 0, 1)))
        .extracting(Rational::doubleValue)
        .containsExactly(-Math.sqrt(2), Math.sqrt(2));
  }

  @Test
  void rootsThatAreVeryCloseAreToldApart() {
    IntegerPolynomial f = polynomial(-1, 1_000_000_007).times(polynomial(-1, 1_000_000_009));
    assertThat(RealRoots.of(f))
        .hasSize(2)
        .extracting(Rational::doubleValue)
        .containsExactly(1 / 1_000_000_009.0, 1 / 1_000_000_007.0);
  }

  @Test
  void aPolynomialWithoutRealRootsHasNone() {
    assertThat(RealRoots.of(polynomial(1, 0, 1))).isEmpty();
    assertThat(RealRoots.of(polynomial(1, 0, 2, 0, 1))).isEmpty();
  }

  @Test
  void aConstantIsRefused() {
    assertThatThrownBy(() -> RealRoots.of(polynomial(3)))
        .hasMessage("polynomial (3) must not be constant");
  }

  @Test
  void theSquareFreePartHasEachFactorOnce() {
    IntegerPolynomial a = polynomial(-2, 0, 1);
    IntegerPolynomial b = polynomial(1, 3);
    assertThat(RealRoots.squareFreePart(a.times(a).times(a).times(b)).degree()).isEqualTo(3);
    assertThat(RealRoots.squareFreePart(a.times(b))).isEqualTo(a.times(b));
  }

  @Test
  void aLeadingCoefficientThatTheModulusDividesIsHandled() {
    long prime = Integer.MAX_VALUE;
    assertThat(RealRoots.of(polynomial(0, -1, prime).times(polynomial(-1, prime)))).hasSize(2);
  }

  @Test
  void polynomialsAreComposedAndWritten() {
    IntegerPolynomial square = polynomial(0, 0, 1);
    assertThat(square.compose(polynomial(1, -2))).hasToString("1 - 4K + 4K^2");
    assertThat(square.minus(square)).hasToString("0");
    assertThat(polynomial(0, -1, 1)).hasToString("-K + K^2");
  }
}
