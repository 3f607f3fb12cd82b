package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The source of a generator's inputs z. Every batch, and every held-out sample, is a fresh draw; a
 * larger batch of the same step begins with the smaller. The random numbers are drawn from streams
 * of names of their own, so that the seed of a run serves for its images and its noise.
 *
 * <p>Immutable: any thread may ask for any step.
 */
public sealed interface NoiseSource extends DataSource
    permits NoiseSource.WhiteNoise, SpectralNoise, CovarianceNoise {

  /** The kind of this source. */
  NoiseKind kind();

  /**
   * What was estimated from images, by name and always in the same order; fresh arrays. {@link
   * NoiseKind#restore} makes of it a source that draws the same bytes.
   */
  Map<String, float[]> statistics();

  /** The mean of z, [shape.size()]; a fresh array. */
  float[] mean();

  /**
   * Draws samples.
   *
   * @param random the only source of randomness
   * @param size the number of samples, positive
   * @return [size][shape.size()], row-major
   * @throws IllegalArgumentException if {@code size} is not positive
   */
  float[][] draw(RandomGenerator random, int size);

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if {@code step} is negative or {@code size} not positive
   */
  @Override
  default float[][] batch(long seed, long step, int size) {
    Require.notNegative("step", step);
    return draw(RandomStreams.stream(seed, "noise", step), size);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if {@code size} is not positive
   */
  @Override
  default float[][] heldOut(long seed, int size) {
    return draw(RandomStreams.stream(seed, "held-out noise", 0), size);
  }

  /**
   * z ~ N(0, I).
   *
   * @param shape of one sample
   */
  record WhiteNoise(Shape shape) implements NoiseSource {

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

    static WhiteNoise restore(Shape shape, Map<String, float[]> statistics) {
      StoredStatistics.requireNames(NoiseKind.WHITE, statistics);
      return new WhiteNoise(shape);
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
}
