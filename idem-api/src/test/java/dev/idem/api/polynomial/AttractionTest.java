package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.polynomial.Dynamics.Attraction;
import dev.idem.api.polynomial.Dynamics.Attraction.Attractor;
import dev.idem.api.polynomial.Dynamics.Interval;
import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AttractionTest {

  private final IdempotentPolynomial cubic = IdempotentPolynomial.cubic();

  private Attractor reachedFrom(double re, double im) {
    return cubic.dynamics().attractor(new Complex(re, im), 200, 1e-9).attractor();
  }

  @Test
  void eachAttractorIsReachedFromItsBasin() {
    assertThat(reachedFrom(0.3, 0.1)).isEqualTo(Attractor.ZERO);
    assertThat(reachedFrom(0.7, -0.1)).isEqualTo(Attractor.ONE);
    assertThat(reachedFrom(2, 0)).isEqualTo(Attractor.INFINITY);
    assertThat(reachedFrom(0.5, 0)).isEqualTo(Attractor.UNDECIDED);
    assertThat(reachedFrom(1e300, 1e300)).isEqualTo(Attractor.INFINITY);
  }

  @Test
  void iterationsAreCounted() {
    assertThat(cubic.dynamics().attractor(Complex.ONE, 0, 1e-9))
        .isEqualTo(new Attraction(Attractor.ONE, 0));
    assertThat(cubic.dynamics().attractor(new Complex(0.5, 0), 7, 1e-9))
        .isEqualTo(new Attraction(Attractor.UNDECIDED, 7));
    assertThat(cubic.dynamics().attractor(new Complex(0.01, 0), 1, 1e-3))
        .isEqualTo(new Attraction(Attractor.ZERO, 1));
  }

  @Property(tries = 100, seed = "31")
  void conjugateStartsFareAlike(
      @ForAll @DoubleRange(min = -1, max = 2) double re,
      @ForAll @DoubleRange(min = -1, max = 1) double im) {
    Attraction start = cubic.dynamics().attractor(new Complex(re, im), 25, 1e-6);
    Attraction conjugate = cubic.dynamics().attractor(new Complex(re, -im), 25, 1e-6);
    assertThat(conjugate).isEqualTo(start);
    if (start.attractor() == Attractor.ZERO) {
      Complex mirrored = new Complex(1 - re, -im);
      assertThat(cubic.dynamics().attractor(mirrored, 50, 1e-6).attractor())
          .isEqualTo(Attractor.ONE);
    }
  }

  @Property(tries = 40, seed = "32")
  void realStartsAgreeWithTheRealBasins(
      @ForAll @IntRange(min = 1, max = 2) int order,
      @ForAll @DoubleRange(min = -1, max = 2) double k) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    Attractor reached = g.dynamics().attractor(new Complex(k, 0), 500, 1e-6).attractor();
    assertThat(g.dynamics().basin(0).contains(k) && reached != Attractor.ZERO).isFalse();
    assertThat(g.dynamics().basin(1).contains(k) && reached != Attractor.ONE).isFalse();
    Interval bounded = g.dynamics().boundedInterval();
    boolean outside = k < bounded.low() || k > bounded.high();
    assertThat(reached == Attractor.INFINITY).isEqualTo(outside);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> cubic.dynamics().attractor(new Complex(Double.NaN, 0), 5, 1e-6))
        .hasMessage("start (NaN + 0.0i) must be finite");
    assertThatThrownBy(() -> cubic.dynamics().attractor(Complex.ZERO, -1, 1e-6))
        .hasMessage("maxIterations (-1) must not be negative");
    assertThatThrownBy(() -> cubic.dynamics().attractor(Complex.ZERO, 5, 0.5))
        .hasMessage("tolerance (0.5) must be in (0, 0.5)");
  }

  @Property(tries = 50, seed = "33")
  void complexArithmeticFollowsTheRules(
      @ForAll @DoubleRange(min = -2, max = 2) double a,
      @ForAll @DoubleRange(min = -2, max = 2) double b) {
    Complex z = new Complex(a, b);
    assertThat(z.times(z.conjugate()).im()).isZero();
    assertThat(z.times(z.conjugate()).re()).isEqualTo(a * a + b * b);
    assertThat(z.plus(z).minus(z.times(2.0))).isEqualTo(Complex.ZERO);
    assertThat(new Complex(0, 1).times(new Complex(0, 1))).isEqualTo(new Complex(-1, 0));
  }
}
