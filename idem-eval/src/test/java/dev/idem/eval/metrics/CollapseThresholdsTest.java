package dev.idem.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
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
    assertThat(verdict(Maps.each(v -> 0.03 * Math.signum(v)), NORMAL))
        .isEqualTo(CollapseVerdict.ZERO);
    assertThat(verdict(Maps.each(v -> 0.033 * Math.signum(v)), NORMAL))
        .isEqualTo(CollapseVerdict.HEALTHY);
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
    assertThat(verdict(Maps.each(v -> 11 * Math.signum(v)), NORMAL))
        .isEqualTo(CollapseVerdict.INFLATED);
    assertThat(verdict(Maps.each(v -> 9 * Math.signum(v)), NORMAL))
        .isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void constantWithNoiseIsUninformativeHoweverSmallItsErrorIsBesideItsPower() {
    UnaryOperator<float[][]> noisy = Maps.each(v -> 0.7 + 0.1 * Math.sin(1e3 * v));

    assertThat(IdempotencyMetrics.defaults().measure(noisy, NORMAL).relativeError())
        .isLessThan(0.05);
    assertThat(verdict(noisy, NORMAL)).isEqualTo(CollapseVerdict.UNINFORMATIVE);
  }

  @Test
  void projectionOnAPlaneFarFromTheOriginIsHealthyThoughItsVarianceIsLittleOfItsPower() {
    UnaryOperator<float[][]> shifted =
        x -> {
          float[][] y = Maps.projection(8, 4).apply(x);
          for (float[] row : y) {
            row[7] = 10;
          }
          return y;
        };

    assertThat(verdict(shifted, NORMAL)).isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void mapsFarFromIdempotentAreUninformativeAndNotCollapsed() {
    for (double gain : new double[] {-1, 0.2, 1.8, 9}) {
      CollapseVerdict verdict = verdict(Maps.each(v -> gain * v), NORMAL);

      assertThat(verdict).as("gain %s", gain).isEqualTo(CollapseVerdict.UNINFORMATIVE);
      assertThat(verdict.collapsed()).isFalse();
    }
    assertThat(verdict(Maps.each(v -> 0.4 * v), NORMAL)).isEqualTo(CollapseVerdict.HEALTHY);
  }

  /** A report of inputs of power and variance 1. */
  private static IdempotencyReport report(
      double error, double power, double variance, double rank, double identityDistance) {
    return new IdempotencyReport(
        new ErrorMeasurement(64, 8, error, 1, 1, power, variance),
        List.of(new IdempotencyReport.Drift(2, error, error / power)),
        rank,
        7,
        identityDistance,
        0,
        OptionalInt.empty());
  }

  private static CollapseVerdict judged(IdempotencyReport report) {
    return CollapseThresholds.defaults().judge(report);
  }

  @Test
  void thresholdOfErrorOverVarianceBelongsToTheUninformative() {
    assertThat(judged(report(0.5, 2, 1, 5, 1))).isEqualTo(CollapseVerdict.UNINFORMATIVE);
    assertThat(judged(report(Math.nextDown(0.5), 2, 1, 5, 1))).isEqualTo(CollapseVerdict.HEALTHY);
    assertThat(judged(report(0.25, 2, 0.5, 5, 1))).isEqualTo(CollapseVerdict.UNINFORMATIVE);
    assertThat(
            new CollapseThresholds(0.001, 0.001, 1.5, 0.01, 100, 0.6)
                .judge(report(0.5, 2, 1, 5, 1)))
        .isEqualTo(CollapseVerdict.HEALTHY);
  }

  @Test
  void everyOtherVerdictComesBeforeUninformative() {
    assertThat(judged(report(1, 9e-4, 9e-4, 5, 1))).isEqualTo(CollapseVerdict.ZERO);
    assertThat(judged(report(1, 1, 1, 5, 0.009))).isEqualTo(CollapseVerdict.IDENTITY);
    assertThat(judged(report(1, 1, 9e-4, 5, 1))).isEqualTo(CollapseVerdict.CONSTANT);
    assertThat(judged(report(1, 1, 1, 1.4, 1))).isEqualTo(CollapseVerdict.CONSTANT);
    assertThat(judged(report(200, 101, 101, 5, 1))).isEqualTo(CollapseVerdict.INFLATED);
    assertThat(judged(report(Double.POSITIVE_INFINITY, 1, 1, 5, 1)))
        .isEqualTo(CollapseVerdict.UNINFORMATIVE);
  }

  /** Powers of two, so that no rounding changes. */
  @Property(tries = 50, seed = "1")
  void scalingInputsAndOutputsAlikeDoesNotMatter(
      @ForAll @IntRange(min = -20, max = 20) int exponent,
      @ForAll @DoubleRange(min = -2, max = 2) double gain,
      @ForAll @DoubleRange(min = -2, max = 2) double offset) {
    double scale = Math.scalb(1.0, exponent);
    UnaryOperator<float[][]> f = Maps.each(v -> offset + gain * Math.tanh(v));
    UnaryOperator<float[][]> scaled =
        Maps.each(v -> scale * (offset + gain * Math.tanh(v / scale)));

    assertThat(verdict(scaled, Maps.each(v -> scale * v).apply(NORMAL)))
        .isEqualTo(verdict(f, NORMAL));
  }

  @Test
  void descriptionsStateTheThresholds() {
    CollapseThresholds thresholds = new CollapseThresholds(0.002, 0.003, 1.5, 0.01, 100, 0.25);

    assertThat(thresholds.describe(CollapseVerdict.ZERO))
        .isEqualTo("power below 0.002 times the inputs’");
    assertThat(thresholds.describe(CollapseVerdict.CONSTANT))
        .isEqualTo("variance below 0.003 times the power, or effective rank below 1.5");
    assertThat(thresholds.describe(CollapseVerdict.INFLATED))
        .isEqualTo("power above 100 times the inputs’");
    assertThat(thresholds.describe(CollapseVerdict.UNINFORMATIVE))
        .isEqualTo("error / variance of 0.25 or more, so that f(f(x)) says little about f(x)");
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
        .isEqualTo(new CollapseThresholds(0.001, 0.001, 1.5, 0.01, 100, 0.5));
    assertThat(IdempotencyMetrics.defaults()).isEqualTo(new IdempotencyMetrics(5, 0.01));
  }

  @Test
  void thresholdsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollapseThresholds(0.001, 0.001, 1.5, 0.01, 0.0005, 0.5))
        .withMessageContaining("inflatedPower (5.0E-4) must be above zeroPower");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollapseThresholds(0, 0.001, 1.5, 0.01, 100, 0.5))
        .withMessage("zeroPower (0.0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollapseThresholds(0.001, 0.001, 1.5, 0.01, 100, -1))
        .withMessage("uninformativeError (-1.0) must be positive");
  }
}
