package dev.idem.models.initializer;

import dev.idem.api.check.Require;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.random.RandomGenerator;

/** Normal with mean zero and a fixed standard deviation. */
record Normal(double standardDeviation) implements Initializer {

  Normal {
    Require.positive("standardDeviation", standardDeviation);
  }

  @Override
  public double[] values(ParameterSpec parameter, RandomGenerator random) {
    return draw(parameter.shape().size(), standardDeviation, random);
  }

  static double[] draw(int count, double standardDeviation, RandomGenerator random) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = standardDeviation * random.nextGaussian();
    }
    return values;
  }
}
