package dev.idem.generative.degradation;

/**
 * A blur by a Gaussian along both axes of a plane, mirrored at the border.
 *
 * @param kernel pixels along each axis, odd, positive
 * @param deviation standard deviation in pixels, positive
 */
record GaussianBlur(int kernel, double deviation) {

  /** The blurred plane [h w]. */
  double[] of(double[] plane, int height, int width) {
    return along(along(plane, height, width, 1), height, width, width);
  }

  /** Blurred along one axis; {@code stride} is 1 along rows and the width along columns. */
  private double[] along(double[] plane, int height, int width, int stride) {
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
}
