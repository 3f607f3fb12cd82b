package dev.idem.eval.metrics;

import dev.idem.api.check.Require;

/**
 * The structural similarity of two images (Wang, Bovik, Sheikh and Simoncelli, IEEE TIP 2004): with
 * means, variances and covariance under an 11 x 11 Gaussian window of standard deviation 1.5,
 *
 * <pre>(2 mu_x mu_y + C_1)(2 s_xy + C_2) / ((mu_x^2 + mu_y^2 + C_1)(s_x^2 + s_y^2 + C_2)),</pre>
 *
 * C_1 = (0.01 L)^2 and C_2 = (0.03 L)^2 with the range L, averaged over all windows that lie wholly
 * in the image, and over channels. From -1 to 1, never beyond; exactly 1 for equal images.
 *
 * @param height in pixels, at least 11
 * @param width in pixels, at least 11
 * @param channels positive; the numbers of one pixel lie beside one another
 * @param range L, the largest less the least value that a number can have: 2 for [-1, 1]
 */
public record StructuralSimilarity(int height, int width, int channels, double range) {

  private static final int WINDOW = 11;
  private static final double DEVIATION = 1.5;
  private static final double K1 = 0.01;
  private static final double K2 = 0.03;

  public StructuralSimilarity {
    Require.argument(
        height >= WINDOW && width >= WINDOW,
        "images of %s x %s are smaller than the window of %s x %s",
        height,
        width,
        WINDOW,
        WINDOW);
    Require.positive("channels", channels);
    Require.positive("range", range);
  }

  /**
   * The similarity of two images [height * width * channels], finite.
   *
   * @throws IllegalArgumentException if they have another size
   */
  public double of(float[] x, float[] y) {
    requireSize("x", x);
    requireSize("y", y);
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += ofPlanes(plane(x, channel), plane(y, channel));
    }
    return sum / channels;
  }

  private void requireSize(String name, float[] image) {
    int size = height * width * channels;
    Require.argument(
        image.length == size,
        "image %s has %s numbers; %s x %s x %s are %s",
        name,
        image.length,
        height,
        width,
        channels,
        size);
  }

  private double[] plane(float[] image, int channel) {
    double[] plane = new double[height * width];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = image[i * channels + channel];
    }
    return plane;
  }

  private double ofPlanes(double[] x, double[] y) {
    double c1 = K1 * range * (K1 * range);
    double c2 = K2 * range * (K2 * range);
    double[] meanX = blurred(x);
    double[] meanY = blurred(y);
    double[] squareX = blurred(product(x, x));
    double[] squareY = blurred(product(y, y));
    double[] cross = blurred(product(x, y));
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double powerX = meanX[i] * meanX[i];
      double powerY = meanY[i] * meanY[i];
      double both = meanX[i] * meanY[i];
      // Each variance by itself, as the covariance: of equal images both then round alike.
      double varianceX = Math.max(0, squareX[i] - powerX);
      double varianceY = Math.max(0, squareY[i] - powerY);
      double covariance = varianceX > 0 && varianceY > 0 ? cross[i] - both : 0;
      double similarity =
          (2 * both + c1)
              * (2 * covariance + c2)
              / ((powerX + powerY + c1) * (varianceX + varianceY + c2));
      sum += Math.max(-1, Math.min(1, similarity));
    }
    return sum / meanX.length;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  /** Windowed means, rows first: [(height - 10) * (width - 10)]. */
  private double[] blurred(double[] plane) {
    double[] weights = weights();
    int across = width - WINDOW + 1;
    int down = height - WINDOW + 1;
    double[] rows = new double[height * across];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < across; j++) {
        for (int k = 0; k < WINDOW; k++) {
          rows[i * across + j] += weights[k] * plane[i * width + j + k];
        }
      }
    }
    double[] means = new double[down * across];
    for (int i = 0; i < down; i++) {
      for (int k = 0; k < WINDOW; k++) {
        for (int j = 0; j < across; j++) {
          means[i * across + j] += weights[k] * rows[(i + k) * across + j];
        }
      }
    }
    return means;
  }

  /** A Gaussian's, of sum 1. */
  private static double[] weights() {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int k = 0; k < WINDOW; k++) {
      double from = k - WINDOW / 2;
      weights[k] = Math.exp(-from * from / (2 * DEVIATION * DEVIATION));
      sum += weights[k];
    }
    for (int k = 0; k < WINDOW; k++) {
      weights[k] /= sum;
    }
    return weights;
  }
}
