package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.noise.NoiseSource.WhiteNoise;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The kinds of noise, chosen by name. */
public enum NoiseKind {
  /** Independent standard normal numbers: {@link NoiseSource.WhiteNoise}. */
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
   * @throws IllegalArgumentException if the kind needs images and there are fewer than two, one has
   *     another size than {@code shape} or a number that is not finite, or all are the same
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
   * @throws IllegalArgumentException if an array is missing or not known to this kind, has another
   *     length than {@code shape} asks for, or holds an invalid value
   */
  public NoiseSource restore(Shape shape, Map<String, float[]> statistics) {
    return switch (this) {
      case WHITE -> WhiteNoise.restore(shape, statistics);
      case SPECTRAL -> SpectralNoise.restore(shape, statistics);
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
