package dev.idem.eval.linear;

/**
 * The sums that a mean and a covariance come from. Those of a union of rows are the sums of the
 * parts', so that resampling whole groups of rows costs nothing that rises with their number.
 */
public final class Moments {

  private final double[] origin;
  private final double[] sum;
  private final double[][] products;
  private int count;

  /**
   * Of no rows yet.
   *
   * @param origin [n], near the mean, or digits are lost; the same for all that are added together
   */
  public Moments(double[] origin) {
    this.origin = origin;
    this.sum = new double[origin.length];
    this.products = new double[origin.length][];
    for (int i = 0; i < origin.length; i++) {
      products[i] = new double[i + 1];
    }
  }

  /** Adds a row [n]. */
  public void add(float[] row) {
    double[] less = new double[origin.length];
    for (int i = 0; i < less.length; i++) {
      less[i] = row[i] - origin[i];
      sum[i] += less[i];
      double value = less[i];
      double[] line = products[i];
      for (int j = 0; j <= i; j++) {
        line[j] += value * less[j];
      }
    }
    count++;
  }

  /** Adds all rows of other moments about the same origin. */
  public void add(Moments other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.sum[i];
      double[] line = products[i];
      double[] added = other.products[i];
      for (int j = 0; j <= i; j++) {
        line[j] += added[j];
      }
    }
    count += other.count;
  }

  /** The mean and the unbiased covariance of at least two rows. */
  public Gaussian gaussian() {
    int n = sum.length;
    double[] mean = new double[n];
    double[][] covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      mean[i] = origin[i] + sum[i] / count;
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = (products[i][j] - sum[i] * sum[j] / count) / (count - 1);
        covariance[j][i] = covariance[i][j];
      }
    }
    return new Gaussian(mean, covariance);
  }
}
