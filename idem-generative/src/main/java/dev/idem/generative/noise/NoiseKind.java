package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The kinds of noise, chosen by name. */
public enum NoiseKind {
  /** Independent standard normal numbers: {@link WhiteNoise}. Takes nothing from the images. */
  WHITE {
    @Override
    public NoiseSource estimate(Shape shape, int count, IntFunction<float[]> images) {
      return new WhiteNoise(shape);
    }

    @Override
    public NoiseSource restore(Shape shape, Map<String, float[]> statistics) {
      StoredStatistics.requireNames(this, statistics);
      return new WhiteNoise(shape);
    }
  },

  /** Independent frequencies, the images' mean and standard deviation: {@link SpectralNoise}. */
  SPECTRAL {
    @Override
    public NoiseSource estimate(Shape shape, int count, IntFunction<float[]> images) {
      return SpectralNoise.estimate(shape, count, images);
    }

    @Override
    public NoiseSource restore(Shape shape, Map<String, float[]> statistics) {
      return SpectralNoise.restore(shape, statistics);
    }
  },

  /** Normal with the images' mean and covariance: {@link CovarianceNoise}. */
  COVARIANCE {
    @Override
    public NoiseSource estimate(Shape shape, int count, IntFunction<float[]> images) {
      return CovarianceNoise.estimate(shape, count, images);
    }

    @Override
    public NoiseSource restore(Shape shape, Map<String, float[]> statistics) {
      return CovarianceNoise.restore(shape, statistics);
    }
  };

  /**
   * A source of this kind with the statistics of images.
   *
   * @param shape of one image
   * @param count the number of images
   * @param images the image at each index in [0, count), row-major; may be requested twice, and
   *     must then be the same
   * @throws IllegalArgumentException if the kind needs images and there are fewer than two, one has
   *     another size than {@code shape} or a number that is not finite, or all are the same
   */
  public abstract NoiseSource estimate(Shape shape, int count, IntFunction<float[]> images);

  /**
   * The source whose {@link NoiseSource#statistics} these are: it draws the same bytes.
   *
   * @throws IllegalArgumentException if an array is missing or not known to this kind, has another
   *     length than {@code shape} asks for, or holds an invalid value
   */
  public abstract NoiseSource restore(Shape shape, Map<String, float[]> statistics);

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
