package dev.idem.eval.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.random.RandomStreams;
import dev.idem.eval.distribution.Diversity;
import dev.idem.eval.distribution.FrechetDistance;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationWithoutAnEngineTest {

  private static final int WIDTH = 8;
  private static final float[][] SAMPLES = samples(1);

  private static float[][] samples(long seed) {
    RandomGenerator random = RandomStreams.stream(seed, "samples", 0);
    float[][] rows = new float[256][WIDTH];
    for (float[] row : rows) {
      for (int i = 0; i < WIDTH; i++) {
        row[i] = (float) (2 * random.nextGaussian());
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.tensorflow.TensorFlow",
        "org.tensorflow.ndarray.Shape",
        "org.bytedeco.javacpp.Loader",
        "dev.idem.tf.engine.TensorFlowEngine",
        "picocli.CommandLine",
        "ch.qos.logback.classic.Logger",
        "org.apache.log4j.Logger"
      })
  void classPathHasNoEngineAndNoCommandLine(String name) {
    assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"HALVING", "REVERSING"})
  void idempotentFunctionsScoreExactlyZero(PlainFunctions f) {
    IdempotencyReport report = IdempotencyMetrics.defaults().measure(f, SAMPLES);
    assertThat(report.error()).isZero();
    assertThat(report.drifts()).allMatch(drift -> drift.distance() == 0);
    assertThat(report.fixedPointShare()).isOne();
    assertThat(report.power()).isPositive();
    assertThat(report.identityDistance()).as("it is not the identity").isPositive();
    assertThat(report.effectiveRank()).isGreaterThan(1);
  }

  @Test
  void otherFunctionsDoNotScoreZero() {
    IdempotencyReport halving =
        IdempotencyMetrics.defaults().measure(PlainFunctions.HALVING, SAMPLES);
    // ||x/4 - x/2||^2 = ||x/2||^2 / 4.
    assertThat(halving.relativeError()).isCloseTo(0.25, within(1e-9));
    assertThat(halving.fixedPointShare()).isZero();
    IdempotencyReport reversing =
        IdempotencyMetrics.defaults().measure(PlainFunctions.REVERSING, SAMPLES);
    // An involution: f(f(x)) = x, f(f(f(x))) = f(x) again.
    assertThat(reversing.error()).isPositive();
    assertThat(reversing.drifts().get(1).distance()).isZero();
  }

  @Test
  void distributionsAreCompared() {
    float[][] others = samples(2);
    double floor = FrechetDistance.between(SAMPLES, others);
    double sorted = FrechetDistance.between(SAMPLES, PlainFunctions.SORTING.apply(others));
    assertThat(FrechetDistance.between(SAMPLES, SAMPLES)).isCloseTo(0, within(1e-6));
    assertThat(sorted).isGreaterThan(10 * floor);
    double same = Diversity.measure(others, SAMPLES, 64).effectiveRank();
    double projected =
        Diversity.measure(PlainFunctions.PROJECTION.apply(others), SAMPLES, 64).effectiveRank();
    assertThat(projected).isLessThanOrEqualTo(WIDTH / 2.0).isLessThan(same);
  }
}
