package dev.idem.models.initializer;

import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.random.RandomGenerator;

/** Normal with mean zero and variance {@code gainSquared} / fanIn. */
record FanScaledNormal(double gainSquared) implements Initializer {

  @Override
  public double[] values(ParameterSpec parameter, RandomGenerator random) {
    double standardDeviation = Math.sqrt(gainSquared / parameter.fanIn());
    return Normal.draw(parameter.shape().size(), standardDeviation, random);
  }
}
