package dev.idem.models.initializer;

import dev.idem.api.check.Require;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** All one value. */
record Constant(double value) implements Initializer {

  Constant {
    Require.argument(Double.isFinite(value), "value (%s) must be finite", value);
  }

  @Override
  public double[] values(ParameterSpec parameter, RandomGenerator random) {
    double[] values = new double[parameter.shape().size()];
    Arrays.fill(values, value);
    return values;
  }
}
