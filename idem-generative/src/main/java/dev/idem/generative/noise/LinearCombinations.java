package dev.idem.generative.noise;

/** Sums of rows with coefficients, in loops that the JVM turns into vector instructions. */
final class LinearCombinations {

  /** Columns worked on at once: a piece of a sum and of four rows stays in the nearest cache. */
  private static final int TILE = 1_024;

  private LinearCombinations() {}

  /**
   * sums[s] += coefficients[s][0] rows[0] + coefficients[s][1] rows[1] + ... The order of the
   * additions does not depend on how many sums there are.
   */
  static void add(float[][] sums, float[][] coefficients, float[][] rows) {
    int width = sums[0].length;
    int rank = rows.length;
    for (int from = 0; from < width; from += TILE) {
      int to = Math.min(width, from + TILE);
      int k = 0;
      for (; k + 4 <= rank; k += 4) {
        for (int s = 0; s < sums.length; s++) {
          addFour(sums[s], coefficients[s], rows, k, from, to);
        }
      }
      for (; k < rank; k++) {
        for (int s = 0; s < sums.length; s++) {
          addOne(sums[s], coefficients[s][k], rows[k], from, to);
        }
      }
    }
  }

  private static void addFour(
      float[] sum, float[] coefficients, float[][] rows, int k, int from, int to) {
    float a = coefficients[k];
    float b = coefficients[k + 1];
    float c = coefficients[k + 2];
    float d = coefficients[k + 3];
    float[] x = rows[k];
    float[] y = rows[k + 1];
    float[] z = rows[k + 2];
    float[] w = rows[k + 3];
    for (int j = from; j < to; j++) {
      sum[j] += a * x[j] + b * y[j] + c * z[j] + d * w[j];
    }
  }

  private static void addOne(float[] sum, float a, float[] row, int from, int to) {
    for (int j = from; j < to; j++) {
      sum[j] += a * row[j];
    }
  }
}
