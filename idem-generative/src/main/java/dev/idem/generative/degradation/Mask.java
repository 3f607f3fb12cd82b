package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A square at a random place is mid-grey, 0.
 *
 * @param share side of the square over the image's shorter side, in (0, 1]
 */
public record Mask(double share) implements Degradation {

  public Mask {
    Require.argument(share > 0 && share <= 1, "share (%s) must be in (0, 1]", share);
  }

  @Override
  public float[][] apply(float[][] images, Shape shape, long seed) {
    Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
    int height = shape.dimension(0);
    int width = shape.dimension(1);
    int side = Math.max(1, (int) Math.round(share * Math.min(height, width)));
    float[][] degraded = new float[images.length][];
    for (int i = 0; i < images.length; i++) {
      RandomGenerator random = RandomStreams.stream(seed, "mask", i);
      int top = random.nextInt(height - side + 1);
      int left = random.nextInt(width - side + 1);
      degraded[i] = images[i].clone();
      for (int y = top; y < top + side; y++) {
        int from = (y * width + left) * shape.last();
        Arrays.fill(degraded[i], from, from + side * shape.last(), 0);
      }
    }
    return degraded;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT, "a square of %.0f %% of the shorter side masked", 100 * share);
  }
}
