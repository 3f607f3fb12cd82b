package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import java.util.random.RandomGenerator;

/**
 * Gaussian noise: x + deviation N(0, I), not clipped.
 *
 * @param deviation standard deviation, positive; images span [-1, 1]
 */
public record AdditiveNoise(double deviation) implements Degradation {

  public AdditiveNoise {
    Require.positive("deviation", deviation);
  }

  @Override
  public float[][] apply(float[][] images, Shape shape, long seed) {
    float[][] degraded = new float[images.length][];
    for (int i = 0; i < images.length; i++) {
      RandomGenerator random = RandomStreams.stream(seed, "additive noise", i);
      degraded[i] = images[i].clone();
      for (int j = 0; j < degraded[i].length; j++) {
        degraded[i][j] += (float) (deviation * random.nextGaussian());
      }
    }
    return degraded;
  }

  @Override
  public String description() {
    return "noise of standard deviation " + deviation;
  }
}
