package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;

/**
 * The first batch of another source at every step, for gradient descent on a fixed sample. Held-out
 * samples are those of the other source.
 *
 * @param source of the sample
 * @param sampleSeed chooses the sample, whatever the seed of the run
 */
public record OneSample(DataSource source, long sampleSeed) implements DataSource {

  @Override
  public Shape shape() {
    return source.shape();
  }

  /** The sample, of {@code size} rows; neither {@code seed} nor {@code step} matters. */
  @Override
  public float[][] batch(long seed, long step, int size) {
    return source.batch(sampleSeed, 0, size);
  }

  @Override
  public float[][] heldOut(long seed, int size) {
    return source.heldOut(seed, size);
  }

  /** Such as {@code one sample of normal(0, 1), width 16}. */
  @Override
  public String description() {
    return "one sample of " + source.description();
  }
}
