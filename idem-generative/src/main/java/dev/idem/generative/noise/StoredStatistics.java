package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Checks of statistics from a file, and of the images that statistics are estimated from. */
final class StoredStatistics {

  /** The name under which the number of images is kept, as an array of one. */
  static final String IMAGES = "images";

  /** Up to here a float holds every whole number. */
  static final int MOST_IMAGES = 1 << 24;

  private StoredStatistics() {}

  /** Requires exactly these names. */
  static void requireNames(NoiseKind kind, Map<String, float[]> statistics, String... names) {
    Require.argument(
        statistics.keySet().equals(Set.of(names)),
        "statistics of %s noise must be %s, not %s",
        kind.label(),
        List.of(names),
        statistics.keySet());
  }

  /** A copy of the array of this name: finite numbers. */
  static float[] finite(Map<String, float[]> statistics, String name) {
    float[] stored =
        Require.known(statistics.get(name), "statistic", name, statistics.keySet()).clone();
    return requireFinite(name, stored);
  }

  /** A copy of the array of this name: {@code length} finite numbers. */
  static float[] finite(Map<String, float[]> statistics, String name, int length) {
    float[] stored = finite(statistics, name);
    Require.argument(
        stored.length == length,
        "statistic '%s' has %s numbers; it must have %s",
        name,
        stored.length,
        length);
    return stored;
  }

  /** A copy of the array of this name: {@code length} finite numbers, none negative. */
  static float[] notNegative(Map<String, float[]> statistics, String name, int length) {
    float[] stored = finite(statistics, name, length);
    for (int i = 0; i < length; i++) {
      if (stored[i] < 0) {
        throw unsuitable(name, stored[i], i, "not be negative");
      }
    }
    return stored;
  }

  /** The number of images. */
  static int images(Map<String, float[]> statistics) {
    float stored = finite(statistics, IMAGES, 1)[0];
    Require.argument(
        stored >= 2 && stored <= MOST_IMAGES && stored == Math.rint(stored),
        "statistic '%s' (%s) must be a whole number in [2, %s]",
        IMAGES,
        stored,
        MOST_IMAGES);
    return (int) stored;
  }

  /** Returns {@code values} if each is finite. */
  static float[] requireFinite(String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw unsuitable(name, values[i], i, "be finite");
      }
    }
    return values;
  }

  /** In single precision. */
  static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  private static IllegalArgumentException unsuitable(
      String name, float value, int index, String rule) {
    return new IllegalArgumentException(
        "statistic '%s' has %s at index %s; it must %s".formatted(name, value, index, rule));
  }

  /**
   * Images to estimate from, each checked when it is read: {@code count} of the {@code available}
   * ones, evenly spaced.
   */
  record CheckedImages(Shape shape, int available, int count, IntFunction<float[]> source) {

    CheckedImages {
      Require.argument(
          available >= 2,
          "count (%s) must be at least 2: noise needs images that differ",
          available);
      Require.argument(
          available <= MOST_IMAGES,
          "count (%s) must be at most %s: give a subset",
          available,
          MOST_IMAGES);
    }

    static CheckedImages all(Shape shape, int count, IntFunction<float[]> source) {
      return new CheckedImages(shape, count, count, source);
    }

    CheckedImages atMost(int most) {
      return new CheckedImages(shape, available, Math.min(most, available), source);
    }

    float[] image(int i) {
      int index = (int) ((long) i * available / count);
      float[] image = source.apply(index);
      Require.argument(
          image.length == shape.size(),
          "image %s has %s numbers; shape %s needs %s",
          index,
          image.length,
          shape,
          shape.size());
      for (int j = 0; j < image.length; j++) {
        if (!Float.isFinite(image[j])) {
          throw new IllegalArgumentException(
              "image %s has %s at index %s; every number must be finite"
                  .formatted(index, image[j], j));
        }
      }
      return image;
    }
  }
}
