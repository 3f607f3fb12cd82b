package com.example.project;

import dev.idem.api.algebra.Shape;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * Images as rows: height, width, channel, from -1 for black to 1 for white.
 *
 * @param shape [height, width, channels], of one or three channels
 */
record Pixels(Shape shape) {

  /** An image, resized to the shape. */
  float[] of(BufferedImage image) {
    BufferedImage resized = new BufferedImage(width(), height(), type());
    Graphics2D canvas = resized.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.drawImage(averaged(image), 0, 0, width(), height(), null);
    canvas.dispose();
    float[] samples = resized.getRaster().getPixels(0, 0, width(), height(), (float[]) null);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = samples[i] / 127.5f - 1;
    }
    return samples;
  }

  /** Averages a larger image over areas: interpolation alone would skip pixels. */
  private Image averaged(BufferedImage image) {
    return image.getWidth() > width() || image.getHeight() > height()
        ? image.getScaledInstance(width(), height(), Image.SCALE_AREA_AVERAGING)
        : image;
  }

  /** The image of a row; values outside [-1, 1] are clipped. */
  BufferedImage image(float[] row) {
    float[] samples = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      samples[i] = Math.round(Math.max(0, Math.min(255, (row[i] + 1) * 127.5f)));
    }
    BufferedImage image = new BufferedImage(width(), height(), type());
    image.getRaster().setPixels(0, 0, width(), height(), samples);
    return image;
  }

  private int height() {
    return shape.dimension(0);
  }

  private int width() {
    return shape.dimension(1);
  }

  private int type() {
    return shape.last() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
  }
}
