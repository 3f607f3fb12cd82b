package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;

/**
 * Edges alone: with g the luma of x + 1, g / (blur(g) + 1e-10) - 1, clipped to [-1, 1], on every
 * channel. The blur is a Gaussian of {@code kernel} pixels along each axis and standard deviation
 * 0.3 ((kernel - 1) / 2 - 1) + 0.8; at the border the image is mirrored. Where a neighbourhood is
 * all black, 0 / 0 counts as 0, and the sketch is -1.
 *
 * @param kernel odd, positive
 */
public record Sketch(int kernel) implements Degradation {

  private static final double TINY = 1e-10;

  public Sketch {
    Require.argument(kernel > 0 && kernel % 2 == 1, "kernel (%s) must be odd, positive", kernel);
  }

  @Override
  public float[][] apply(float[][] images, Shape shape, long seed) {
    Require.argument(
        shape.rank() == 3 && (shape.last() == 1 || shape.last() == 3),
        "shape %s must be [height, width, 1] or [height, width, 3]",
        shape);
    int height = shape.dimension(0);
    int width = shape.dimension(1);
    int channels = shape.last();
    float[][] degraded = new float[images.length][];
    for (int i = 0; i < images.length; i++) {
      float[] luma = GreyScale.luma(images[i], channels);
      double[] g = new double[luma.length];
      for (int p = 0; p < g.length; p++) {
        g[p] = Math.max(0, luma[p] + 1.0);
      }
      double[] blurred = blurred(blurred(g, height, width, 1), height, width, width);
      degraded[i] = new float[images[i].length];
      for (int j = 0; j < degraded[i].length; j++) {
        double value = g[j / channels] / (blurred[j / channels] + TINY) - 1;
        degraded[i][j] = (float) Math.max(-1, Math.min(1, value));
      }
    }
    return degraded;
  }

  /** Blurred along one axis; {@code stride} is 1 along rows and the width along columns. */
  private double[] blurred(double[] plane, int height, int width, int stride) {
    double[] weights = weights();
    int size = stride == 1 ? width : height;
    double[] result = new double[plane.length];
    for (int p = 0; p < plane.length; p++) {
      int at = stride == 1 ? p % width : p / width;
      for (int k = 0; k < kernel; k++) {
        int neighbour = mirrored(at + k - kernel / 2, size);
        result[p] += weights[k] * plane[p + (neighbour - at) * stride];
      }
    }
    return result;
  }

  private double[] weights() {
    double deviation = 0.3 * ((kernel - 1) * 0.5 - 1) + 0.8;
    double[] weights = new double[kernel];
    double sum = 0;
    for (int k = 0; k < kernel; k++) {
      double distance = (k - kernel / 2) / deviation;
      weights[k] = Math.exp(-distance * distance / 2);
      sum += weights[k];
    }
    for (int k = 0; k < kernel; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  /** ... 2 1 0 1 2 ...: the pixel at the border is not repeated. */
  private static int mirrored(int at, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int inPeriod = Math.floorMod(at, period);
    return Math.min(inPeriod, period - inPeriod);
  }

  @Override
  public String description() {
    return "sketch, Gaussian of %s pixels".formatted(kernel);
  }
}
