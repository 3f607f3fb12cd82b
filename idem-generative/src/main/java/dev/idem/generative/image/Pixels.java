package dev.idem.generative.image;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.awt.image.BufferedImage;

/**
 * Samples [h, w, c] in [-1, 1], c = 1 (grey) or 3 (red, green, blue), as images of eight bits per
 * channel, and back: value = byte / 127.5 - 1.
 */
public final class Pixels {

  private static final float HALF_RANGE = 127.5f;

  private Pixels() {}

  /**
   * The image of a sample; values outside [-1, 1] are clipped.
   *
   * @throws IllegalArgumentException if the sample has another size, or a number that is not finite
   */
  public static BufferedImage picture(float[] sample, Shape shape) {
    requireImage(shape);
    Require.argument(
        sample.length == shape.size(),
        "sample of %s values is not an image of shape %s",
        sample.length,
        shape);
    for (float value : sample) {
      Require.argument(
          Float.isFinite(value), "a sample that holds %s cannot be drawn: f has diverged", value);
    }
    int width = shape.dimension(1);
    int channels = shape.last();
    BufferedImage picture =
        new BufferedImage(width, shape.dimension(0), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < shape.dimension(0) * width; pixel++) {
      int red = level(sample[pixel * channels]);
      int green = channels == 1 ? red : level(sample[pixel * channels + 1]);
      int blue = channels == 1 ? red : level(sample[pixel * channels + 2]);
      picture.setRGB(pixel % width, pixel / width, (red << 16) | (green << 8) | blue);
    }
    return picture;
  }

  /**
   * The sample of an image of exactly this size. Grey from colour is the luma of ITU-R BT.601,
   * 0.299 R + 0.587 G + 0.114 B.
   *
   * @throws IllegalArgumentException if the image has another height or width
   */
  public static float[] sample(BufferedImage picture, Shape shape) {
    requireImage(shape);
    int height = shape.dimension(0);
    int width = shape.dimension(1);
    int channels = shape.last();
    Require.argument(
        picture.getHeight() == height && picture.getWidth() == width,
        "an image of %s x %s pixels is not of shape %s",
        picture.getWidth(),
        picture.getHeight(),
        shape);
    float[] sample = new float[shape.size()];
    for (int pixel = 0; pixel < height * width; pixel++) {
      int rgb = picture.getRGB(pixel % width, pixel / width);
      int red = (rgb >> 16) & 0xff;
      int green = (rgb >> 8) & 0xff;
      int blue = rgb & 0xff;
      if (channels == 1) {
        sample[pixel] = (0.299f * red + 0.587f * green + 0.114f * blue) / HALF_RANGE - 1;
      } else {
        sample[pixel * 3] = red / HALF_RANGE - 1;
        sample[pixel * 3 + 1] = green / HALF_RANGE - 1;
        sample[pixel * 3 + 2] = blue / HALF_RANGE - 1;
      }
    }
    return sample;
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round((value + 1) * HALF_RANGE)));
  }

  private static void requireImage(Shape shape) {
    Require.argument(
        shape.rank() == 3 && (shape.last() == 1 || shape.last() == 3),
        "shape %s must be [height, width, 1] or [height, width, 3]",
        shape);
  }
}
