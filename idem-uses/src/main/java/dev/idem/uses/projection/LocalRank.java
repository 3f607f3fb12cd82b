package dev.idem.uses.projection;

import dev.idem.eval.linear.Spectrum;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * In how many directions a map moves its outputs: with s_i the singular values of its Jacobian at a
 * point, exp(-sum p_i log p_i) with p_i = s_i^2 / sum s^2. It is r for a projection of rank r, n
 * for the identity, and 0 where sum s^2 is below 1e-6, as for a constant.
 */
final class LocalRank {

  /** Of the central differences. */
  private static final double STEP = 1e-2;

  private static final double NO_MOTION = 1e-6;

  private LocalRank() {}

  /** The mean over points. */
  static double mean(UnaryOperator<float[][]> f, float[][] points) {
    int width = points[0].length;
    float[][] moved = new float[2 * width * points.length][];
    for (int m = 0; m < points.length; m++) {
      for (int j = 0; j < width; j++) {
        int place = 2 * (m * width + j);
        moved[place] = moved(points[m], j, STEP);
        moved[place + 1] = moved(points[m], j, -STEP);
      }
    }
    float[][] images = f.apply(moved);
    double sum = 0;
    for (int m = 0; m < points.length; m++) {
      double[][] jacobian = new double[width][width];
      for (int j = 0; j < width; j++) {
        int place = 2 * (m * width + j);
        for (int i = 0; i < width; i++) {
          jacobian[j][i] = ((double) images[place][i] - images[place + 1][i]) / (2 * STEP);
        }
      }
      sum += of(jacobian);
    }
    return sum / points.length;
  }

  private static float[] moved(float[] point, int coordinate, double by) {
    float[] moved = point.clone();
    moved[coordinate] += (float) by;
    return moved;
  }

  /** Of one Jacobian or its transpose. */
  static double of(double[][] jacobian) {
    double[] squares = Spectrum.eigenvalues(Spectrum.smallerGram(jacobian));
    double sum = Arrays.stream(squares).sum();
    if (sum < NO_MOTION) {
      return 0;
    }
    double entropy = 0;
    for (double square : squares) {
      double p = square / sum;
      if (p > 0) {
        entropy -= p * Math.log(p);
      }
    }
    return Math.exp(entropy);
  }
}
