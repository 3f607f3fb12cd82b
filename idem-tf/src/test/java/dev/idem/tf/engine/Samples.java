package dev.idem.tf.engine;

import dev.idem.api.random.RandomStreams;
import java.util.random.RandomGenerator;

/** Standard normal samples. */
final class Samples {

  private Samples() {}

  static float[][] normal(long seed, int count, int width) {
    RandomGenerator random = RandomStreams.stream(seed, "samples", 0);
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
