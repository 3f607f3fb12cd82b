package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;

/** Every channel becomes the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B. */
public record GreyScale() implements Degradation {

  @Override
  public float[][] apply(float[][] images, Shape shape, long seed) {
    Require.argument(
        shape.rank() == 3 && shape.last() == 3,
        "degradation 'grey' is for coloured images; these are %s, and it would change nothing",
        shape);
    float[][] degraded = new float[images.length][];
    for (int i = 0; i < images.length; i++) {
      float[] luma = luma(images[i], 3);
      degraded[i] = new float[images[i].length];
      for (int j = 0; j < degraded[i].length; j++) {
        degraded[i][j] = luma[j / 3];
      }
    }
    return degraded;
  }

  /** One value per pixel. */
  static float[] luma(float[] image, int channels) {
    float[] luma = new float[image.length / channels];
    for (int p = 0; p < luma.length; p++) {
      luma[p] =
          channels == 1
              ? image[p]
              : 0.299f * image[3 * p] + 0.587f * image[3 * p + 1] + 0.114f * image[3 * p + 2];
    }
    return luma;
  }

  @Override
  public String description() {
    return "grey scale";
  }
}
