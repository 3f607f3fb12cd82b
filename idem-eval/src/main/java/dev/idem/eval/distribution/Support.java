package dev.idem.eval.distribution;

import java.util.Arrays;

/**
 * Which points lie in which balls, for some groups of a pair. A closed ball about each sample of a
 * set reaches to its k-th nearest other one; together they are the set's estimated support.
 * Distances are squared ones, ||a||^2 + ||b||^2 - 2 a . b in double precision; between equal rows
 * they are exactly zero.
 */
final class Support {

  private final GroupedSamples centres;
  private final double[] centreNorms;
  private final double[] pointNorms;
  private final double[][] products;
  private final boolean centresAreRows;
  private final int neighbours;

  private Support(
      GroupedSamples centres,
      GroupedSamples points,
      double[][] products,
      boolean centresAreRows,
      int neighbours) {
    this.centres = centres;
    this.centreNorms = centres.squaredNorms();
    this.pointNorms = points.squaredNorms();
    this.products = products;
    this.centresAreRows = centresAreRows;
    this.neighbours = neighbours;
  }

  /** Balls about real samples; generated ones are the points. */
  static Support ofReal(SamplePair pair, int neighbours) {
    return new Support(pair.real(), pair.generated(), pair.products(), true, neighbours);
  }

  /** Balls about generated samples; real ones are the points. */
  static Support ofGenerated(SamplePair pair, int neighbours) {
    return new Support(pair.generated(), pair.real(), pair.products(), false, neighbours);
  }

  /** How many of the points lie in each ball, and how many balls each point lies in. */
  Counts count(int[] centreIndices, int[] pointIndices) {
    double[] radii = squaredRadii(centreIndices);
    Counts counts = new Counts(new int[centreIndices.length], new int[pointIndices.length]);
    // By rows of the products, or each number would be fetched from memory by itself.
    int outer = centresAreRows ? centreIndices.length : pointIndices.length;
    int inner = centresAreRows ? pointIndices.length : centreIndices.length;
    for (int o = 0; o < outer; o++) {
      double[] row = products[centresAreRows ? centreIndices[o] : pointIndices[o]];
      for (int i = 0; i < inner; i++) {
        int c = centresAreRows ? o : i;
        int p = centresAreRows ? i : o;
        int centre = centreIndices[c];
        int point = pointIndices[p];
        double product = row[centresAreRows ? point : centre];
        if (squaredDistance(centreNorms[centre], pointNorms[point], product) <= radii[c]) {
          counts.inBall[c]++;
          counts.ofPoint[p]++;
        }
      }
    }
    return counts;
  }

  /** The squared radius about each of the chosen centres, among the chosen ones. */
  private double[] squaredRadii(int[] chosen) {
    double[] radii = new double[chosen.length];
    double[] nearest = new double[neighbours];
    for (int p = 0; p < chosen.length; p++) {
      int i = chosen[p];
      double[] row = centres.products()[i];
      Arrays.fill(nearest, Double.POSITIVE_INFINITY);
      for (int j : chosen) {
        if (j != i) {
          insert(nearest, squaredDistance(centreNorms[i], centreNorms[j], row[j]));
        }
      }
      radii[p] = nearest[neighbours - 1];
    }
    return radii;
  }

  private static double squaredDistance(double squaredNormA, double squaredNormB, double product) {
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

  /**
   * Counts.
   *
   * @param inBall points in each ball
   * @param ofPoint balls about each point
   */
  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  record Counts(int[] inBall, int[] ofPoint) {}
}
