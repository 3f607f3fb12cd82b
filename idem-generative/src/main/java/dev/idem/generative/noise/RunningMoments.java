package dev.idem.generative.noise;

/**
 * Mean and standard deviation of each of {@code width} values, in one pass: Welford's recurrence,
 * which does not lose a small standard deviation beside a large mean.
 */
final class RunningMoments {

  private final double[] mean;
  private final double[] squares;
  private long count;

  RunningMoments(int width) {
    this.mean = new double[width];
    this.squares = new double[width];
  }

  void add(double[] values) {
    count++;
    for (int i = 0; i < mean.length; i++) {
      double before = values[i] - mean[i];
      mean[i] += before / count;
      squares[i] += before * (values[i] - mean[i]);
    }
  }

  /** Whether any number differed from one set of values to another. */
  boolean vary() {
    for (double square : squares) {
      if (square > 0) {
        return true;
      }
    }
    return false;
  }

  float[] mean() {
    float[] rounded = new float[mean.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) mean[i];
    }
    return rounded;
  }

  /** With the divisor count - 1. */
  float[] deviation() {
    float[] deviation = new float[squares.length];
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] = (float) Math.sqrt(squares[i] / (count - 1));
    }
    return deviation;
  }
}
