package dev.idem.generative.noise;

import dev.idem.api.check.Require;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks of statistics that come back from a file. */
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

  private static IllegalArgumentException unsuitable(
      String name, float value, int index, String rule) {
    return new IllegalArgumentException(
        "statistic '%s' has %s at index %s; it must %s".formatted(name, value, index, rule));
  }
}
