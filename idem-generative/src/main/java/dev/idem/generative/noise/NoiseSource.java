package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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

  @Override
  default float[][] batch(long seed, long step, int size) {
    Require.notNegative("step", step);
    return draw(RandomStreams.stream(seed, "noise", step), size);
  }

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

  /** The kinds of noise, chosen by name. */
  enum NoiseKind {
    /** Independent standard normal numbers: {@link WhiteNoise}. */
    WHITE,

    /** Independent frequencies, the images' mean and standard deviation: {@link SpectralNoise}. */
    SPECTRAL,

    /** Normal with the images' mean and covariance: {@link CovarianceNoise}. */
    COVARIANCE;

    /**
     * A source of this kind with the statistics of images.
     *
     * @param shape of one image
     * @param count the number of images
     * @param images the image at each index in [0, count), row-major; may be requested twice, and
     *     must then be the same
     * @throws IllegalArgumentException if the kind needs images and there are fewer than two, one
     *     has another size than {@code shape} or a number that is not finite, or all are the same
     */
    public NoiseSource estimate(Shape shape, int count, IntFunction<float[]> images) {
      return switch (this) {
        case WHITE -> new WhiteNoise(shape);
        case SPECTRAL -> SpectralNoise.estimate(shape, count, images);
        case COVARIANCE -> CovarianceNoise.estimate(shape, count, images);
      };
    }

    /**
     * The source whose {@link NoiseSource#statistics} these are: it draws the same bytes.
     *
     * @throws IllegalArgumentException if an array is missing or not known to this kind, has
     *     another length than {@code shape} asks for, or holds an invalid value
     */
    public NoiseSource restore(Shape shape, Map<String, float[]> statistics) {
      return switch (this) {
        case WHITE -> WhiteNoise.restore(shape, statistics);
        case SPECTRAL -> new SpectralNoise(shape, statistics);
        case COVARIANCE -> CovarianceNoise.restore(shape, statistics);
      };
    }

    /** The name on a command line and in a file: {@code white}, {@code spectral}, ... */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The labels, in order. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(NoiseKind::label).toList();
    }

    /** The kind of that label, if there is one. */
    public static Optional<NoiseKind> labelled(String label) {
      return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
  }
}
