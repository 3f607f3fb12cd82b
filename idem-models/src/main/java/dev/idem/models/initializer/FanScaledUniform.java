package dev.idem.models.initializer;

import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.random.RandomGenerator;

/** Uniform on an interval around zero that the layer's fans set. */
record FanScaledUniform(Bound bound) implements Initializer {

  /** The half-width of the interval. */
  enum Bound {
    FAN_IN {
      @Override
      double of(ParameterSpec parameter) {
        return 1 / Math.sqrt(parameter.fanIn());
      }
    },
    GLOROT {
      @Override
      double of(ParameterSpec parameter) {
        return Math.sqrt(6 / ((double) parameter.fanIn() + parameter.fanOut()));
      }
    };

    abstract double of(ParameterSpec parameter);
  }

  @Override
  public double[] values(ParameterSpec parameter, RandomGenerator random) {
    double halfWidth = bound.of(parameter);
    double[] values = new double[parameter.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble(-halfWidth, halfWidth);
    }
    return values;
  }
}
