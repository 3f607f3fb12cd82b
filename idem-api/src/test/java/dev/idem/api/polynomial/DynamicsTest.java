package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.polynomial.Dynamics.FixedPoint;
import dev.idem.api.polynomial.Dynamics.FixedPoint.Nature;
import dev.idem.api.polynomial.Dynamics.Interval;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DynamicsTest {

  private static final Offset<Double> ROUNDING = within(1e-15);

  private final IdempotentPolynomial cubic = IdempotentPolynomial.cubic();

  @Test
  void theCubicHasItsKnownFixedPoints() {
    assertThat(cubic.dynamics().fixedPoints())
        .containsExactly(
            new FixedPoint(0, 0, Nature.SUPERATTRACTING),
            new FixedPoint(0.5, 1.5, Nature.REPELLING),
            new FixedPoint(1, 0, Nature.SUPERATTRACTING));
  }

  @Test
  void theQuinticHasTwoMoreRepellingFixedPointsOutside() {
    List<FixedPoint> fixedPoints = IdempotentPolynomial.ofOrder(2).dynamics().fixedPoints();
    assertThat(fixedPoints).hasSize(5);
    assertThat(fixedPoints.get(0).location()).isCloseTo((3 - Math.sqrt(21)) / 6, ROUNDING);
    assertThat(fixedPoints.get(2)).isEqualTo(new FixedPoint(0.5, 1.875, Nature.REPELLING));
    assertThat(fixedPoints.get(4).location()).isCloseTo((3 + Math.sqrt(21)) / 6, ROUNDING);
    assertThat(fixedPoints.get(4).nature()).isEqualTo(Nature.REPELLING);
  }

  @Test
  void fixedPointsThatAreIrrationalAreFound() {
    double golden = (Math.sqrt(5) - 1) / 2;
    List<FixedPoint> fixedPoints = IdempotentPolynomial.of(0, 2, 0, -1).dynamics().fixedPoints();
    assertThat(fixedPoints).extracting(FixedPoint::location).hasSize(4);
    assertThat(fixedPoints.get(2).location()).isCloseTo(golden, ROUNDING);
    assertThat(fixedPoints.get(2).multiplier())
        .isCloseTo(4 * golden - 4 * golden * golden * golden, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void everyFixedPointOfTheFamilyIsOneAndZeroHalfAndOneAreAmongThem(int order) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    List<FixedPoint> fixedPoints = g.dynamics().fixedPoints();
    assertThat(fixedPoints).extracting(FixedPoint::location).contains(0.0, 0.5, 1.0).isSorted();
    assertThat(fixedPoints)
        .allSatisfy(
            point -> {
              assertThat(g.evaluate(point.location())).isCloseTo(point.location(), within(1e-8));
              assertThat(g.derivative(point.location()))
                  .isCloseTo(point.multiplier(), within(1e-6));
              boolean target = point.location() == 0 || point.location() == 1;
              assertThat(point.nature())
                  .isEqualTo(target ? Nature.SUPERATTRACTING : Nature.REPELLING);
            });
  }

  @Test
  void theCubicHasItsKnownBasins() {
    Interval zero = cubic.dynamics().basin(0);
    Interval one = cubic.dynamics().basin(1);
    assertThat(zero.low()).isCloseTo((1 - Math.sqrt(3)) / 2, ROUNDING);
    assertThat(zero.high()).isEqualTo(0.5);
    assertThat(one.low()).isEqualTo(0.5);
    assertThat(one.high()).isCloseTo((1 + Math.sqrt(3)) / 2, ROUNDING);
  }

  @Test
  void theCubicIsBoundedBetweenTheEndsOfATwoCycle() {
    Interval bounded = cubic.dynamics().boundedInterval();
    assertThat(bounded.low()).isCloseTo((1 - Math.sqrt(5)) / 2, ROUNDING);
    assertThat(bounded.high()).isCloseTo((1 + Math.sqrt(5)) / 2, ROUNDING);
    assertThat(cubic.evaluate(bounded.low())).isCloseTo(bounded.high(), within(1e-14));
    assertThat(cubic.evaluate(bounded.high())).isCloseTo(bounded.low(), within(1e-14));
  }

  @Test
  void aBasinMayEndAtAFixedPointAndAPointMappedToIt() {
    IdempotentPolynomial g = IdempotentPolynomial.of(0, 2, 0, -1);
    double golden = (Math.sqrt(5) - 1) / 2;
    assertThat(g.dynamics().basin(0).low()).isCloseTo(-golden, ROUNDING);
    assertThat(g.dynamics().basin(0).high()).isCloseTo(golden, ROUNDING);
    assertThat(g.dynamics().boundedInterval().low()).isCloseTo(-1 - golden, ROUNDING);
    assertThat(g.dynamics().boundedInterval().high()).isCloseTo(1 + golden, ROUNDING);
  }

  @Test
  void aBasinMayEndInATwoCycle() {
    IdempotentPolynomial g = IdempotentPolynomial.of(0, 0, -16, 37, -20);
    Interval basin = g.dynamics().basin(0);
    assertThat(basin.high()).isLessThan(g.dynamics().fixedPoints().get(2).location());
    assertThat(g.evaluate(basin.low())).isCloseTo(basin.high(), within(1e-14));
    assertThat(g.evaluate(basin.high())).isCloseTo(basin.low(), within(1e-14));
    assertThat(g.iterate(basin.low() + 1e-6, 100)).isCloseTo(0, within(1e-12));
    assertThat(g.iterate(basin.high() - 1e-6, 100)).isCloseTo(0, within(1e-12));
  }

  /** g plus k^2 (1 - k)^2 r(k) meets the same conditions for every r: here r = a + b k + c k^2. */
  @Property(tries = 20, seed = "21")
  void everyInteriorPointOfABasinConvergesAndItsEndsMapToEnds(
      @ForAll @IntRange(min = -4, max = 4) int a,
      @ForAll @IntRange(min = -24, max = 4) int b,
      @ForAll @IntRange(min = -4, max = 4) int c) {
    IdempotentPolynomial g =
        IdempotentPolynomial.of(0, 3 + a, -2 - 2 * a + b, a - 2 * b + c, b - 2 * c, c);
    Interval bounded = g.dynamics().boundedInterval();
    for (int target = 0; target <= 1; target++) {
      Interval basin = g.dynamics().basin(target);
      assertThat(basin.contains(target)).isTrue();
      assertThat(bounded.low()).isLessThanOrEqualTo(basin.low());
      assertThat(bounded.high()).isGreaterThanOrEqualTo(basin.high());
      for (double end : new double[] {basin.low(), basin.high()}) {
        double image = g.evaluate(end);
        double miss = Math.min(Math.abs(image - basin.low()), Math.abs(image - basin.high()));
        assertThat(miss).as("g(%s) for %s", end, g).isLessThan(1e-10);
      }
      for (int i = 1; i < 60; i++) {
        double start = basin.low() + basin.width() * i / 60;
        assertThat(g.iterate(start, 2000))
            .as("from %s by %s", start, g)
            .isCloseTo(target, within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void startsJustBeyondABasinOfTheFamilyGoElsewhere(int order) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    for (int target = 0; target <= 1; target++) {
      Interval basin = g.dynamics().basin(target);
      for (double start : new double[] {basin.low() - 1e-6, basin.high() + 1e-6}) {
        double reached = g.iterate(start, 500);
        assertThat(Math.abs(reached - (1 - target)) < 1e-9 || Double.isInfinite(reached))
            .as("order %s from %s to %s", order, start, reached)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void startsInsideTheBoundedIntervalStayAndThoseOutsideDiverge(int order) {
    IdempotentPolynomial g = IdempotentPolynomial.ofOrder(order);
    Interval bounded = g.dynamics().boundedInterval();
    assertThat(g.iterate(bounded.low() - 1e-6, 500)).isInfinite();
    assertThat(g.iterate(bounded.high() + 1e-6, 500)).isInfinite();
    for (int i = 1; i < 100; i++) {
      double start = bounded.low() + bounded.width() * i / 100;
      assertThat(g.iterate(start, 500)).isBetween(bounded.low(), bounded.high());
    }
  }

  @Test
  void onlyTheTwoTargetsHaveABasin() {
    assertThatThrownBy(() -> cubic.dynamics().basin(2)).hasMessage("target (2) must be 0 or 1");
  }

  @Test
  void anIntervalIsOpenAndHasItsEndsInOrder() {
    Interval interval = new Interval(-1, 2);
    assertThat(interval.contains(-1)).isFalse();
    assertThat(interval.contains(2)).isFalse();
    assertThat(interval.contains(1.999)).isTrue();
    assertThat(interval.contains(Double.NaN)).isFalse();
    assertThatThrownBy(() -> new Interval(1, 1))
        .hasMessage("interval (1.0, 1.0) must have finite ends, low below high");
    assertThatThrownBy(() -> new Interval(0, Double.NaN)).hasMessageContaining("finite ends");
  }

  /** Its polynomials have numbers of hundreds of digits, and take seconds. */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {17, 20, 24})
  void theHighestOrdersKeepTheirFixedPointsAndBasins(int order) {
    highOrdersKeepTheirFixedPointsAndBasins(order);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12})
  void highOrdersKeepTheirFixedPointsAndBasins(int order) {
    Dynamics dynamics = IdempotentPolynomial.ofOrder(order).dynamics();
    List<Double> fixed =
        dynamics.fixedPoints().stream().map(Dynamics.FixedPoint::location).toList();
    assertThat(fixed).hasSize(order % 2 == 0 ? 5 : 3).contains(0.0, 0.5, 1.0);
    assertThat(dynamics.basin(0).high()).isEqualTo(0.5);
    assertThat(dynamics.basin(1).low()).isEqualTo(0.5);
    assertThat(dynamics.basin(1).high()).isCloseTo(1 - dynamics.basin(0).low(), within(1e-12));
  }
}
