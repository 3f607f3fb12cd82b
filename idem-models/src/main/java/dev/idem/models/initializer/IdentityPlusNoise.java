package dev.idem.models.initializer;

import dev.idem.api.check.Require;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.random.RandomGenerator;

/** The identity and independent normal noise. */
record IdentityPlusNoise(double standardDeviation) implements Initializer {

  IdentityPlusNoise {
    Require.notNegative("standardDeviation", standardDeviation);
  }

  @Override
  public double[] values(ParameterSpec parameter, RandomGenerator random) {
    int n = SquareKernel.order(parameter, "identityPlusNoise");
    double[] values = Normal.draw(n * n, standardDeviation, random);
    for (int i = 0; i < n; i++) {
      values[i * n + i] += 1;
    }
    return values;
  }
}
