package dev.idem.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.distribution.Goal;
import dev.idem.eval.distribution.SamplePair;
import dev.idem.runs.catalogue.Origin;
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
    SamplePair pair = SamplePair.of(SAMPLES, SAMPLES);
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String message =
          "metric 'own' (--without own leaves it out) of plug-in own.jar: gave "
              + value
              + "; where there is no number, give a reason by refusal";
      assertThatThrownBy(() -> metric(value).measure(SAMPLES, SAMPLES)).hasMessage(message);
      assertThatThrownBy(() -> metric(value).over(pair).measure(new int[] {0}, new int[] {1}))
          .hasMessage(message);
    }
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
            .isInstanceOf(PluginException.class)
            .hasMessageStartingWith(
                "metric 'own' (--without own leaves it out) of plug-in own.jar: ")
            .hasMessageEndingWith("x");
      }
    }
  }
}
