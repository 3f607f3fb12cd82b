package com.example.kinds;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import java.util.random.RandomGenerator;

/** Rows of {@code width} numbers, uniform in [-1, 1). */
public record UniformSource(int width) implements DataSource {
  @Override
  public Shape shape() {
    return Shape.of(width);
  }

  @Override
  public float[][] batch(long seed, long step, int size) {
    return drawn(RandomStreams.stream(seed, "batch", step), size);
  }

  @Override
  public float[][] heldOut(long seed, int size) {
    return drawn(RandomStreams.stream(seed, "held out", 0), size);
  }

  private float[][] drawn(RandomGenerator random, int size) {
    float[][] rows = new float[size][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextFloat(-1, 1);
      }
    }
    return rows;
  }

  @Override
  public String description() {
    return "uniform [-1, 1), width " + width;
  }
}
