package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.function.IntFunction;

/**
 * Images to estimate from, each checked when it is read: {@code count} of the {@code available}
 * ones, evenly spaced.
 */
record CheckedImages(Shape shape, int available, int count, IntFunction<float[]> source) {

  CheckedImages {
    Require.argument(
        available >= 2, "count (%s) must be at least 2: noise needs images that differ", available);
    Require.argument(
        available <= StoredStatistics.MOST_IMAGES,
        "count (%s) must be at most %s: give a subset",
        available,
        StoredStatistics.MOST_IMAGES);
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
