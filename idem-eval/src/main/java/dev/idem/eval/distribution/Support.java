package dev.idem.eval.distribution;

/** Which points lie in which balls, for some groups of a pair. */
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
    double[] radii =
        Neighbourhoods.squaredRadii(centres.products(), centreNorms, centreIndices, neighbours);
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
        if (Neighbourhoods.squaredDistance(centreNorms[centre], pointNorms[point], product)
            <= radii[c]) {
          counts.inBall[c]++;
          counts.ofPoint[p]++;
        }
      }
    }
    return counts;
  }

  /**
   * Counts.
   *
   * @param inBall points in each ball
   * @param ofPoint balls about each point
   */
  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  record Counts(int[] inBall, int[] ofPoint) {

    /** The share of positive numbers. */
    static double positiveShare(int[] counts) {
      int positive = 0;
      for (int count : counts) {
        positive += count > 0 ? 1 : 0;
      }
      return (double) positive / counts.length;
    }
  }
}
