package dev.idem.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void aQuantileLiesBetweenTheTwoValuesAboutItsPlace() {
    double[] sorted = {1, 2, 4, 8};
    assertThat(Quantiles.of(sorted, 0)).isEqualTo(1);
    assertThat(Quantiles.of(sorted, 0.25)).isEqualTo(1.75);
    assertThat(Quantiles.ofFinite(sorted, 0.25)).isEqualTo(1.75);
    assertThat(Quantiles.ofFinite(sorted, 1)).isEqualTo(8);
    assertThat(Quantiles.median(new double[] {8, 1, 4, 2})).isEqualTo(3);
  }

  @Test
  void valuesMayBeInfinite() {
    assertThat(Quantiles.median(new double[] {INF, 1, INF})).isEqualTo(INF);
    assertThat(Quantiles.median(new double[] {1, INF})).isEqualTo(INF);
    assertThat(Quantiles.median(new double[] {INF, -INF})).isZero();
  }

  @Test
  void whatHasNoOrderIsRefused() {
    assertThatThrownBy(() -> Quantiles.median(new double[0]))
        .hasMessage("quartiles need at least one value");
    assertThatThrownBy(() -> Quantiles.median(new double[] {1, Double.NaN}))
        .hasMessage("quartiles need numbers, one is NaN");
  }

  @Property
  void bothFormulasAgreeOnFiniteValues(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -1e6, max = 1e6) Double> drawn,
      @ForAll @DoubleRange(min = 0, max = 1) double q) {
    double[] sorted = Quantiles.sorted(array(drawn));
    assertThat(Quantiles.ofFinite(sorted, q)).isCloseTo(Quantiles.of(sorted, q), within(1e-8));
  }

  @Property
  void theLeastValueIsReachedByTheShareAndNoSmallerOneIs(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 9) Double> drawn,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double q) {
    double[] values = array(drawn);
    double least = Quantiles.least(values, q);
    assertThat(values).contains(least);
    assertThat(share(values, least)).isGreaterThanOrEqualTo(q);
    Arrays.stream(values)
        .filter(v -> v < least)
        .max()
        .ifPresent(below -> assertThat(share(values, below)).isLessThan(q));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double share(double[] values, double most) {
    return (double) Arrays.stream(values).filter(v -> v <= most).count() / values.length;
  }
}
