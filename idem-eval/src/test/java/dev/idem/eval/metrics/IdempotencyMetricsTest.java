package dev.idem.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.ErrorMeasurement.MetricValue;
import dev.idem.eval.metrics.IdempotencyReport.Drift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IdempotencyMetricsTest {

  private static final IdempotencyMetrics METRICS = IdempotencyMetrics.defaults();

  @Test
  void projectionIsIdempotentAndKeepsTheEnergyOfItsCoordinates() {
    float[][] x = {{1, 2, 3}, {-1, 2, 0}, {1, -2, 5}, {-1, -2, -8}};

    IdempotencyReport report = METRICS.measure(Maps.projection(3, 2), x);

    assertThat(report.error()).isZero();
    assertThat(report.relativeError()).isZero();
    assertThat(report.power()).isEqualTo((1 + 4) / 3.0);
    assertThat(report.inputPower()).isEqualTo((4 * 1 + 4 * 4 + 9 + 25 + 64) / 12.0);
    assertThat(report.variance()).isEqualTo((1 + 4) / 3.0);
    assertThat(report.fixedPointShare()).isEqualTo(1);
    assertThat(report.identityDistance()).isCloseTo((9 + 25 + 64) / (4 * 5.0 + 98), within(1e-15));
    assertThat(report.divergedAt()).isEmpty();
  }

  @Test
  void errorOverVarianceIsNotLoweredByAConstantThatCarriesThePower() {
    float[][] x = Maps.normal(1, 500, 8);

    assertThat(METRICS.measure(Maps.projection(8, 4), x).errorOverVariance()).isZero();
    assertThat(METRICS.measure(Maps.each(v -> 0.7), x).errorOverVariance()).isInfinite();
    IdempotencyReport nearlyConstant = METRICS.measure(Maps.each(v -> 0.7 + 0.01 * v), x);
    assertThat(nearlyConstant.relativeError()).isLessThan(1e-3);
    assertThat(nearlyConstant.errorOverVariance()).isGreaterThan(0.9);
  }

  @Test
  void scalarMapHasTheClosedFormOfEveryDrift() {
    float[][] x = Maps.normal(1, 50, 4);
    double c = 0.5;

    IdempotencyReport report = new IdempotencyMetrics(6, 0.01).measure(Maps.each(v -> c * v), x);

    double power = report.inputPower();
    assertThat(report.power()).isCloseTo(c * c * power, within(1e-14));
    assertThat(report.error()).isCloseTo(Math.pow(c * c - c, 2) * power, within(1e-14));
    assertThat(report.identityDistance()).isCloseTo(Math.pow(1 - c, 2), within(1e-14));
    assertThat(report.drifts()).extracting(Drift::k).containsExactly(2, 3, 4, 5, 6);
    for (Drift drift : report.drifts()) {
      double expected = Math.pow(Math.pow(c, drift.k()) - c, 2);
      assertThat(drift.distance()).isCloseTo(expected * power, within(1e-14));
      assertThat(drift.relative()).isCloseTo(expected / (c * c), within(1e-14));
    }
  }

  @Test
  void driftOfALinearMapIsThatOfItsMatrixPowers() {
    double[][] a = {{0.5, 0.25, 0}, {0, -0.5, 1}, {0.125, 0, 0.75}};
    float[][] x = Maps.normal(2, 40, 3);
    double[][] cube = product(a, product(a, a));
    double sum = 0;
    for (float[] row : x) {
      for (int j = 0; j < 3; j++) {
        double moved = 0;
        for (int k = 0; k < 3; k++) {
          moved += row[k] * (cube[k][j] - a[k][j]);
        }
        sum += moved * moved;
      }
    }

    IdempotencyReport report = METRICS.measure(Maps.linear(a), x);

    assertThat(report.drifts().get(1).distance()).isCloseTo(sum / (40 * 3), within(1e-6));
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  @Test
  void driftOfTwoIsTheError() {
    IdempotencyReport report = METRICS.measure(Maps.each(Math::tanh), Maps.normal(3, 20, 5));

    assertThat(report.drifts().get(0).distance()).isEqualTo(report.error());
    assertThat(report.drifts().get(0).relative()).isEqualTo(report.relativeError());
  }

  @Test
  void varianceIsTakenAboutTheMeanRowAndNotTheMeanNumber() {
    float[][] x = {{1, 10}, {3, 20}};

    ErrorMeasurement measured = IdempotencyMetrics.measureError(y -> y, x);

    assertThat(measured.inputVariance()).isEqualTo((1 + 1 + 25 + 25) / 4.0);
    assertThat(measured.variance()).isEqualTo(measured.inputVariance());
  }

  @Test
  void fixedPointShareCountsTheSamplesThatStay() {
    // Positive numbers stay where they are; negative ones are halved each time.
    UnaryOperator<float[][]> f = Maps.each(v -> v > 0 ? v : v / 2);
    float[][] x = {{1}, {2}, {3}, {-1}};

    assertThat(METRICS.measure(f, x).fixedPointShare()).isEqualTo(0.75);
    assertThat(new IdempotencyMetrics(2, 0.5).measure(f, x).fixedPointShare()).isEqualTo(1);
  }

  @Test
  void relativeErrorToNoPowerIsUndefined() {
    IdempotencyReport report = METRICS.measure(Maps.each(v -> 0), Maps.normal(4, 5, 3));

    assertThat(report.error()).isZero();
    assertThat(report.power()).isZero();
    assertThat(report.relativeError()).isNaN();
    assertThat(report.effectiveRank()).isZero();
  }

  @Test
  void cheapMeasurementIsThatOfTheFullReport() {
    UnaryOperator<float[][]> f = Maps.each(v -> Math.tanh(3 * v));
    float[][] x = Maps.normal(5, 30, 7);

    assertThat(IdempotencyMetrics.measureError(f, x))
        .isEqualTo(METRICS.measure(f, x).measurement());
  }

  @Test
  void firstApplicationMayBeAnotherFunctionThanTheFurtherOnes() {
    float[][] x = Maps.normal(9, 30, 4);
    UnaryOperator<float[][]> first = Maps.each(v -> 3 * v);
    UnaryOperator<float[][]> then = Maps.each(v -> v / 2);

    IdempotencyReport report = METRICS.measure(first, then, x);

    // f(x) = 3 x and f^k(x) = 3 x / 2^(k - 1).
    assertThat(report.power()).isCloseTo(9 * report.inputPower(), within(1e-6));
    for (Drift drift : report.drifts()) {
      double expected = Math.pow(Math.pow(2, 1 - drift.k()) - 1, 2);
      assertThat(drift.relative()).isCloseTo(expected, within(1e-7));
    }
    assertThat(report.identityDistance()).isCloseTo(4, within(1e-6));
    assertThat(IdempotencyMetrics.measureError(first, then, x)).isEqualTo(report.measurement());
    assertThat(METRICS.measure(then, then, x)).isEqualTo(METRICS.measure(then, x));
  }

  @Test
  void functionMayWorkInPlaceAndReuseItsArray() {
    float[][] x = Maps.normal(6, 10, 3);
    float[][] before = Arrays.stream(x).map(float[]::clone).toArray(float[][]::new);
    float[][] buffer = new float[10][3];
    UnaryOperator<float[][]> inPlace =
        rows -> {
          for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
              rows[i][j] *= 0.5f;
              buffer[i][j] = rows[i][j];
            }
          }
          return buffer;
        };

    assertThat(METRICS.measure(inPlace, x)).isEqualTo(METRICS.measure(Maps.each(v -> v / 2), x));
    assertThat(x).isDeepEqualTo(before);
  }

  @Test
  void outputThatIsNotFiniteIsReportedAndNotFedBack() {
    UnaryOperator<float[][]> f =
        rows -> {
          assertThat(Float.isFinite(rows[0][0])).isTrue();
          return Maps.each(v -> Double.NaN).apply(rows);
        };

    IdempotencyReport report = METRICS.measure(f, Maps.normal(7, 4, 2));

    assertThat(report.divergedAt()).hasValue(1);
    assertThat(report.error()).isInfinite();
    assertThat(report.power()).isInfinite();
    assertThat(report.relativeError()).isInfinite();
    assertThat(report.effectiveRank()).isNaN();
    assertThat(report.fixedPointShare()).isNaN();
    assertThat(IdempotencyMetrics.measureError(f, Maps.normal(7, 4, 2)).finite()).isFalse();
  }

  @Test
  void overflowOfALaterIterateIsReportedFromThereOn() {
    // 1e15 to the power k passes the largest float, 3.4e38, at k = 3.
    IdempotencyReport report =
        METRICS.measure(Maps.each(v -> 1e15 * v), new float[][] {{1, 2}, {3, 1}});

    assertThat(report.divergedAt()).hasValue(3);
    assertThat(report.error()).isFinite();
    assertThat(report.drifts().get(0).distance()).isFinite();
    assertThat(report.drifts().subList(1, 4))
        .extracting(Drift::distance)
        .containsOnly(Double.POSITIVE_INFINITY);
  }

  @Test
  void valuesNameEveryNumberOnce() {
    List<MetricValue> values =
        METRICS.measure(Maps.each(Math::tanh), Maps.normal(8, 10, 4)).values();

    assertThat(values)
        .extracting(MetricValue::name)
        .doesNotHaveDuplicates()
        .contains("idempotency error", "relative error", "power", "effective rank", "drift 5");
    assertThat(values).extracting(MetricValue::value).doesNotContain(Double.NaN);
  }

  @Property(tries = 25, seed = "1")
  void orderOfTheSamplesDoesNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int n) {
    float[][] x = Maps.normal(seed, 9, n);
    List<float[]> shuffled = new ArrayList<>(Arrays.asList(x));
    Collections.shuffle(shuffled, new Random(seed));
    UnaryOperator<float[][]> f = Maps.each(v -> Math.tanh(2 * v));

    requireClose(METRICS.measure(f, x), METRICS.measure(f, shuffled.toArray(float[][]::new)), 1e-9);
  }

  @Property(tries = 25, seed = "1")
  void rotationOfTheSpaceDoesNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int n) {
    double[][] q = Maps.orthogonal(seed, n);
    UnaryOperator<float[][]> forth = Maps.linear(q);
    UnaryOperator<float[][]> back = Maps.linear(Maps.transposed(q));
    UnaryOperator<float[][]> f = Maps.each(v -> Math.tanh(2 * v));
    float[][] x = Maps.normal(seed, 12, n);

    requireClose(
        METRICS.measure(f, x),
        METRICS.measure(y -> forth.apply(f.apply(back.apply(y))), forth.apply(x)),
        1e-5);
  }

  private static void requireClose(IdempotencyReport a, IdempotencyReport b, double tolerance) {
    assertThat(b.error()).isCloseTo(a.error(), within(tolerance));
    assertThat(b.power()).isCloseTo(a.power(), within(tolerance));
    assertThat(b.variance()).isCloseTo(a.variance(), within(tolerance));
    assertThat(b.identityDistance()).isCloseTo(a.identityDistance(), within(tolerance));
    assertThat(b.effectiveRank()).isCloseTo(a.effectiveRank(), within(100 * tolerance));
  }

  @Test
  void badSamplesAreNamed() {
    requireRefused(new float[][] {}, "samples (0) must be at least one row");
    requireRefused(new float[][] {{}}, "row 0 is empty");
    requireRefused(new float[][] {{1, 2}, {1}}, "row 0 has 2, row 1 has 1");
    requireRefused(new float[][] {{1, Float.NaN}}, "samples, row 0, number 1 (NaN) must be finite");
    requireRefused(
        new float[][] {{1}, {Float.NEGATIVE_INFINITY}}, "samples, row 1, number 0 (-Infinity)");
  }

  private static void requireRefused(float[][] samples, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> METRICS.measure(x -> x, samples))
        .withMessageContaining(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdempotencyMetrics.measureError(x -> x, samples))
        .withMessageContaining(message);
  }

  @Test
  void functionThatChangesTheSizeIsRefused() {
    float[][] x = {{1, 2}, {3, 4}};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> METRICS.measure(rows -> new float[][] {{1, 2}}, x))
        .withMessageContaining("given 2, returned 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> METRICS.measure(rows -> new float[][] {{1, 2}, {1, 2, 3}}, x))
        .withMessageContaining("given 2, returned 3 in row 1");
  }

  @Test
  void configurationOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdempotencyMetrics(1, 0.01))
        .withMessage("iterates (1) must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdempotencyMetrics(2, 0))
        .withMessage("tolerance (0.0) must be positive");
  }
}
