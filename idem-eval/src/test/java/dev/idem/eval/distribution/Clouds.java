package dev.idem.eval.distribution;

import dev.idem.eval.metrics.Maps;
import java.util.Random;

/** Samples whose distribution is known. */
final class Clouds {

  private Clouds() {}

  /** Clusters of deviation 0.1 about 10 e_c, with c drawn from those given. */
  static float[][] clusters(long seed, int samples, int width, int... centres) {
    Random random = new Random(seed);
    float[][] rows = Maps.each(v -> 0.1 * v).apply(Maps.normal(seed, samples, width));
    for (float[] row : rows) {
      row[centres[random.nextInt(centres.length)]] += 10;
    }
    return rows;
  }

  /** What a perfect classifier of {@link #clusters} says: which of the coordinates is largest. */
  static float[][] probabilities(float[][] rows) {
    float[][] probabilities = new float[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      int best = 0;
      for (int j = 1; j < rows[i].length; j++) {
        best = rows[i][j] > rows[i][best] ? j : best;
      }
      probabilities[i][best] = 1;
    }
    return probabilities;
  }

  static float[][] line(double... values) {
    float[][] rows = new float[values.length][1];
    for (int i = 0; i < values.length; i++) {
      rows[i][0] = (float) values[i];
    }
    return rows;
  }
}
