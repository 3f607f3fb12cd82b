package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * z ~ N(0, I).
 *
 * @param shape of one sample
 */
public record WhiteNoise(Shape shape) implements NoiseSource {

  @Override
  public NoiseKind kind() {
    return NoiseKind.WHITE;
  }

  /** Empty: nothing is estimated. */
  @Override
  public Map<String, float[]> statistics() {
    return Map.of();
  }

  @Override
  public float[] mean() {
    return new float[shape.size()];
  }

  @Override
  public float[][] draw(RandomGenerator random, int size) {
    return normal(random, Require.positive("size", size), shape.size());
  }

  /** Such as {@code white noise, [28, 28, 1]}. */
  @Override
  public String description() {
    return "white noise, " + shape;
  }

  static float[][] normal(RandomGenerator random, int rows, int width) {
    float[][] numbers = new float[rows][width];
    for (float[] row : numbers) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return numbers;
  }
}
