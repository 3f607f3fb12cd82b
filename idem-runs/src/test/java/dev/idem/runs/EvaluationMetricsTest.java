package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.training.NetworkView;
import dev.idem.runs.EvaluationMetrics.HeldOut;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** No useless map has the best error over variance. */
class EvaluationMetricsTest {

  private static final float[][] SAMPLES = samples();

  private final EvaluationMetrics metrics =
      new EvaluationMetrics(
          EnumSet.of(Metric.ERROR_OVER_VARIANCE, Metric.RELATIVE_ERROR),
          new HeldOut("x", SAMPLES),
          new HeldOut("x", SAMPLES));

  private static float[][] samples() {
    RandomGenerator random = RandomStreams.stream(1, "samples", 0);
    float[][] samples = new float[40][6];
    for (float[] row : samples) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return samples;
  }

  /** A function of each row as a network. */
  private record Rowwise(UnaryOperator<float[]> function) implements NetworkView {
    @Override
    public Shape shape() {
      return Shape.of(6);
    }

    @Override
    public float[][] apply(float[][] x) {
      float[][] y = new float[x.length][];
      for (int i = 0; i < x.length; i++) {
        y[i] = function.apply(x[i]);
      }
      return y;
    }

    @Override
    public double[] parameter(String name) {
      throw new IllegalArgumentException(name);
    }
  }

  /** x times the factors, plus an offset. */
  private static Rowwise affine(float offset, float... factors) {
    return new Rowwise(
        x -> {
          float[] y = new float[x.length];
          for (int i = 0; i < y.length; i++) {
            y[i] = factors[i % factors.length] * x[i] + offset;
          }
          return y;
        });
  }

  private double measured(NetworkView network) {
    metrics.evaluated(1, network);
    return metrics.value(Metric.ERROR_OVER_VARIANCE);
  }

  @Test
  void aMapThatKeepsWhatItMakesHasASmallValue() {
    assertThat(measured(affine(0, 1, 0))).isZero();
    // 1/4 of the variance of f(x) is lost.
    assertThat(measured(affine(0, 0.5f))).isCloseTo(0.25, within(0.01));
  }

  @Test
  void zeroConstantInflatedAndDivergedMapsAreInfinite() {
    assertThat(measured(affine(0, 0))).isInfinite();
    assertThat(measured(affine(0, 1e-3f))).isInfinite();
    assertThat(measured(affine(1, 0))).isInfinite();
    assertThat(measured(affine(1, 1e-3f))).isInfinite();
    assertThat(metrics.value(Metric.RELATIVE_ERROR)).isLessThan(1e-3);
    assertThat(measured(affine(0, 1, 0, 0, 0, 0, 0))).isInfinite();
    assertThat(measured(affine(0, 20, 0))).isInfinite();
    assertThat(measured(affine(0, Float.NaN))).isInfinite();
  }

  @Test
  void theBestIsNeverOneOfThose() {
    BestMetric best =
        new BestMetric(
            Metric.ERROR_OVER_VARIANCE.label(),
            network -> metrics.value(Metric.ERROR_OVER_VARIANCE),
            OptionalLong.empty());
    NetworkView[] course = {affine(1, 0), affine(0, 0.5f, 0), affine(1, 1e-3f), affine(0, 20, 0)};
    for (int step = 0; step < course.length; step++) {
      metrics.evaluated(step, course[step]);
      best.evaluated(step, course[step]);
    }
    assertThat(best.bestStep()).isEqualTo(1);
    assertThat(best.best()).isCloseTo(0.25, within(0.01));
  }
}
