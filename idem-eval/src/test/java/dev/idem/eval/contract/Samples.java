package dev.idem.eval.contract;

import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Rows whose distribution is known. */
final class Samples {

  private Samples() {}

  /** N(0, 1), independent. */
  static float[][] normal(long seed, int size, int width) {
    RandomGenerator random = RandomStreams.stream(seed, "contract", 0);
    float[][] rows = new float[size][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** Another mean, another scale, another shape, and half of the modes missing. */
  static float[][] folded(float[][] rows) {
    float[][] folded = copy(rows);
    for (float[] row : folded) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 3 + Math.abs(row[j]) / 2;
      }
    }
    return folded;
  }

  /** The same rows in another order. */
  static float[][] reordered(float[][] rows, long seed) {
    int[] order = RandomStreams.permutation(rows.length, RandomStreams.stream(seed, "contract", 1));
    return Arrays.stream(order).mapToObj(i -> rows[i]).toArray(float[][]::new);
  }

  static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
  }

  /** The same rows with one number put in. */
  static float[][] with(float[][] rows, int row, int column, float value) {
    float[][] changed = copy(rows);
    changed[row][column] = value;
    return changed;
  }
}
