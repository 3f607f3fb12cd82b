package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.Optional;

/**
 * The closed balls about each sample of a set that reach to its k-th nearest other one: the set's
 * estimated support. Distances are squared ones, ||a||^2 + ||b||^2 - 2 a . b in double precision;
 * between equal rows they are exactly zero.
 */
final class Neighbourhoods {

  private Neighbourhoods() {}

  static int requireNeighbours(int neighbours) {
    return Require.positive("neighbours", neighbours);
  }

  static Optional<String> refusal(int neighbours, float[][] real, float[][] generated) {
    return Math.min(real.length, generated.length) > neighbours
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s real and %s generated samples have no %s nearest others each; take more samples"
                    + " or fewer neighbours",
                real.length, generated.length, neighbours));
  }

  /** The squared radius about each of the chosen rows, among the chosen ones. */
  static double[] squaredRadii(
      double[][] products, double[] squaredNorms, int[] chosen, int neighbours) {
    double[] radii = new double[chosen.length];
    double[] nearest = new double[neighbours];
    for (int p = 0; p < chosen.length; p++) {
      int i = chosen[p];
      double[] row = products[i];
      Arrays.fill(nearest, Double.POSITIVE_INFINITY);
      for (int j : chosen) {
        if (j != i) {
          insert(nearest, squaredDistance(squaredNorms[i], squaredNorms[j], row[j]));
        }
      }
      radii[p] = nearest[neighbours - 1];
    }
    return radii;
  }

  static double squaredDistance(double squaredNormA, double squaredNormB, double product) {
    return Math.max(0, squaredNormA + squaredNormB - 2 * product);
  }

  /** Keeps the least numbers, ascending. */
  private static void insert(double[] least, double value) {
    int at = least.length - 1;
    if (value >= least[at]) {
      return;
    }
    while (at > 0 && least[at - 1] > value) {
      least[at] = least[at - 1];
      at--;
    }
    least[at] = value;
  }
}
