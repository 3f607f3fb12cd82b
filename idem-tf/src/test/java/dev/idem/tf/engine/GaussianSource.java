package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import java.util.random.RandomGenerator;

/** Standard normal samples for tests. */
record GaussianSource(Shape shape) implements DataSource {

  @Override
  public float[][] batch(long seed, long step, int size) {
    return draw(RandomStreams.stream(seed, "batch", step), size);
  }

  @Override
  public float[][] heldOut(long seed, int size) {
    return draw(RandomStreams.stream(seed, "held out", 0), size);
  }

  private float[][] draw(RandomGenerator random, int size) {
    float[][] rows = new float[size][shape.size()];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  @Override
  public String description() {
    return "normal(0, 1)";
  }
}
