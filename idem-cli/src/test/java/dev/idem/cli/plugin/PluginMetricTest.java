package dev.idem.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.eval.distribution.DistributionEvaluation;
import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport.MetricResult;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.distribution.TwoSampleTest;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.io.IOError;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A plug-in's metric that is no number is named, and its jar. */
class PluginMetricTest {

  /** An error in all that evaluations ask. */
  private record Broken(Error error) implements DistributionMetric {
    @Override
    public String name() {
      throw error;
    }

    @Override
    public Goal goal() {
      throw error;
    }

    @Override
    public String bias() {
      throw error;
    }

    @Override
    public Optional<String> refusal(float[][] real, float[][] generated) {
      throw error;
    }

    @Override
    public double measure(float[][] real, float[][] generated) {
      throw error;
    }

    @Override
    public int floorDraws() {
      throw error;
    }
  }

  private record Constant(double value) implements DistributionMetric {
    @Override
    public String name() {
      return "constant";
    }

    @Override
    public Goal goal() {
      return Goal.LOWER;
    }

    @Override
    public String bias() {
      return "sees nothing";
    }

    @Override
    public double measure(float[][] real, float[][] generated) {
      return value;
    }
  }

  private static final float[][] SAMPLES = {{1}, {2}};

  private static PluginMetric metric(double value) {
    Origin origin = () -> "plug-in own.jar";
    return new PluginMetric("own", origin, new Constant(value));
  }

  @Test
  void aNumberIsHandedOn() {
    assertThat(metric(2).measure(SAMPLES, SAMPLES)).isEqualTo(2);
  }

  @Test
  void whatIsNotFiniteIsRefusedByName() {
    float[][] samples = {{1}, {2}, {3}, {5}};
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String message =
          "metric 'own' (--without own leaves it out) of plug-in own.jar: gave "
              + value
              + "; if there is no value, let refusal() give the reason";
      assertThatThrownBy(() -> metric(value).measure(SAMPLES, SAMPLES)).hasMessage(message);
      assertThatThrownBy(() -> evaluated(metric(value), samples)).hasMessage(message);
    }
  }

  private static MetricResult evaluated(DistributionMetric metric, float[][] samples) {
    return DistributionEvaluation.in(FeatureSpace.raw(1))
        .onlyAdded()
        .metric(metric)
        .build()
        .evaluate(samples, samples)
        .results()
        .get(0);
  }

  /** One that trains would otherwise train again for each half. */
  @Test
  void aMetricOfIdemHasItsOwnIntervalBehindThePluginsName() {
    float[][] samples = new float[40][1];
    for (int i = 0; i < samples.length; i++) {
      samples[i][0] = i * i % 17;
    }
    DistributionMetric own = TwoSampleTest.of(TwoSampleTest.Classifier.LOGISTIC_REGRESSION, 1);
    PluginMetric named = new PluginMetric(own.name(), () -> "plug-in own.jar", own);

    MetricResult expected = evaluated(own, samples);
    MetricResult found = evaluated(named, samples);
    assertThat(found.interval()).isEqualTo(expected.interval());
    assertThat(found.floor()).isEqualTo(expected.floor());
  }

  @Test
  void anErrorOfAnyKindNamesThePlugin() {
    for (Error error :
        List.of(
            new Error("x"),
            new ServiceConfigurationError("service: x"),
            new IOError(new IOException("x")),
            new StackOverflowError("x"),
            new AssertionError("x"))) {
      PluginMetric metric = new PluginMetric("own", () -> "plug-in own.jar", new Broken(error));
      assertThat(metric.name()).isEqualTo("own");
      for (ThrowingCallable asked :
          List.<ThrowingCallable>of(
              metric::goal,
              metric::bias,
              metric::floorDraws,
              () -> metric.refusal(SAMPLES, SAMPLES),
              () -> metric.measure(SAMPLES, SAMPLES))) {
        assertThatThrownBy(asked)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith(
                "metric 'own' (--without own leaves it out) of plug-in own.jar: ")
            .hasMessageEndingWith("x");
      }
    }
  }
}
