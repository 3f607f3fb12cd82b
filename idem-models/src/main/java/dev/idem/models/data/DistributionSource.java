package dev.idem.models.data;

import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import java.util.random.RandomGenerator;

/**
 * Independent draws from one distribution: implement {@link #draw} to add one. Every batch, and
 * every held-out sample, is a fresh draw; a larger batch of the same step begins with the smaller.
 *
 * <p>Two sources of one kind give the same underlying random numbers for the same seed and step:
 * hand them different seeds where they must be independent.
 */
public interface DistributionSource extends DataSource {

  /**
   * Draws one sample.
   *
   * @param random the only source of randomness
   * @param sample to fill, row-major, {@code shape().size()} long
   */
  void draw(RandomGenerator random, float[] sample);

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if {@code step} is negative or {@code size} not positive
   */
  @Override
  default float[][] batch(long seed, long step, int size) {
    Require.notNegative("step", step);
    return draws(RandomStreams.stream(seed, "batch", step), size);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if {@code size} is not positive
   */
  @Override
  default float[][] heldOut(long seed, int size) {
    return draws(RandomStreams.stream(seed, "held-out", 0), size);
  }

  private float[][] draws(RandomGenerator random, int size) {
    Require.positive("size", size);
    float[][] samples = new float[size][shape().size()];
    for (float[] sample : samples) {
      draw(random, sample);
    }
    return samples;
  }
}
