package dev.idem.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CollapseThresholdsTest {

  private static final float[][] NORMAL = Maps.normal(1, 64, 8);

  private static CollapseVerdict verdict(UnaryOperator<float[][]> f, float[][] x) {
    return CollapseThresholds.defaults().judge(IdempotencyMetrics.defaults().measure(f, x));
  }

  @Test
  void projectionIsHealthy() {
    assertThat(verdict(Maps.projection(8, 4), NORMAL)).isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void nextToNoPowerIsZero() {
    assertThat(verdict(Maps.each(v -> 0), NORMAL)).isEqualTo(CollapseVerdict.ZERO);
    assertThat(verdict(Maps.each(v -> 0.03 * v), NORMAL)).isEqualTo(CollapseVerdict.ZERO);
    assertThat(verdict(Maps.each(v -> 0.033 * v), NORMAL)).isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void onePatternIsConstant() {
    assertThat(verdict(Maps.each(v -> 0.7), NORMAL)).isEqualTo(CollapseVerdict.CONSTANT);
    assertThat(verdict(Maps.each(v -> 0.7 + 0.02 * v), NORMAL)).isEqualTo(CollapseVerdict.CONSTANT);
  }

  @Test
  void lineInAWideSpaceIsConstant() {
    assertThat(verdict(Maps.projection(8, 1), NORMAL)).isEqualTo(CollapseVerdict.CONSTANT);
  }

  @Test
  void lineInANarrowSpaceIsHealthy() {
    assertThat(verdict(Maps.projection(2, 1), Maps.normal(2, 64, 2)))
        .isEqualTo(CollapseVerdict.HEALTHY);
    assertThat(verdict(Maps.each(Math::abs), Maps.normal(2, 64, 1)))
        .isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void constantOnALineIsStillConstant() {
    assertThat(verdict(Maps.each(v -> 2), Maps.normal(2, 64, 1)))
        .isEqualTo(CollapseVerdict.CONSTANT);
  }

  @Test
  void samplesThatHardlyVaryCannotShowAConstant() {
    float[][] offset = Maps.each(v -> 100 + v).apply(NORMAL);

    assertThat(verdict(Maps.each(v -> v / 2), offset)).isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void outputNextToTheInputIsIdentity() {
    assertThat(verdict(x -> x, NORMAL)).isEqualTo(CollapseVerdict.IDENTITY);
    assertThat(verdict(Maps.each(v -> 0.91 * v), NORMAL)).isEqualTo(CollapseVerdict.IDENTITY);
    assertThat(verdict(Maps.each(v -> 0.89 * v), NORMAL)).isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void powerFarAboveTheInputsIsInflated() {
    assertThat(verdict(Maps.each(v -> 11 * v), NORMAL)).isEqualTo(CollapseVerdict.INFLATED);
    assertThat(verdict(Maps.each(v -> 9 * v), NORMAL)).isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void numbersThatAreNotFiniteAreDivergence() {
    assertThat(verdict(Maps.each(v -> Double.NaN), NORMAL)).isEqualTo(CollapseVerdict.DIVERGED);
    assertThat(verdict(Maps.each(v -> 1e20 * v), NORMAL)).isEqualTo(CollapseVerdict.DIVERGED);
  }

  @Test
  void onlyFiniteDegenerateMapsAreCollapsed() {
    assertThat(CollapseVerdict.values())
        .filteredOn(CollapseVerdict::collapsed)
        .containsExactly(
            CollapseVerdict.ZERO,
            CollapseVerdict.CONSTANT,
            CollapseVerdict.IDENTITY,
            CollapseVerdict.INFLATED);
  }

  @Test
  void defaultsAreThoseDocumented() {
    assertThat(CollapseThresholds.defaults())
        .isEqualTo(new CollapseThresholds(0.001, 0.001, 1.5, 0.01, 100));
    assertThat(IdempotencyMetrics.defaults()).isEqualTo(new IdempotencyMetrics(5, 0.01));
  }

  @Test
  void thresholdsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollapseThresholds(0.001, 0.001, 1.5, 0.01, 0.0005))
        .withMessageContaining("inflatedPower (5.0E-4) must be above zeroPower");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollapseThresholds(0, 0.001, 1.5, 0.01, 100))
        .withMessage("zeroPower (0.0) must be positive");
  }
}
