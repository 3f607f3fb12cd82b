package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.function.IntFunction;

/** Images to estimate from, each checked when it is read. */
record CheckedImages(Shape shape, int count, IntFunction<float[]> source) {

  CheckedImages {
    Require.argument(
        count >= 2, "count (%s) must be at least 2: noise needs images that differ", count);
    Require.argument(
        count <= StoredStatistics.MOST_IMAGES,
        "count (%s) must be at most %s: give a subset",
        count,
        StoredStatistics.MOST_IMAGES);
  }

  /** At most {@code most} images, evenly spaced over all. */
  CheckedImages atMost(int most) {
    if (count <= most) {
      return this;
    }
    return new CheckedImages(shape, most, i -> source.apply((int) ((long) i * count / most)));
  }

  float[] image(int index) {
    float[] image = source.apply(index);
    Require.argument(
        image.length == shape.size(),
        "image %s has %s numbers; shape %s needs %s",
        index,
        image.length,
        shape,
        shape.size());
    for (int i = 0; i < image.length; i++) {
      Require.argument(
          Float.isFinite(image[i]),
          "image %s has %s at index %s; every number must be finite",
          index,
          image[i],
          i);
    }
    return image;
  }
}
