package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.Optional;

/**
 * Precision, recall, density and coverage: metrics of the balls about samples that reach to their
 * k-th nearest other sample of the same set. The union of a set's balls is its support.
 *
 * @param neighbours k, positive
 */
public record NeighbourMetric(Kind kind, int neighbours) implements GroupedMetric {

  /** What is counted. */
  public enum Kind {
    /**
     * The share of generated samples in the support of the real ones (Kynkaanniemi et al., NeurIPS
     * 2019), in [0, 1]. One real outlier widens the support much.
     */
    PRECISION(
        "precision",
        "rises with a single real outlier, falls with more samples as balls shrink: compare at"
            + " equal numbers of samples; does not see samples that are missing"),
    /**
     * The share of real samples in the support of the generated ones (Kynkaanniemi et al., NeurIPS
     * 2019), in [0, 1]. Modes that are never generated lower it.
     */
    RECALL(
        "recall",
        "rises with a single generated outlier, falls with more samples as balls shrink: compare at"
            + " equal numbers of samples; does not see samples that look like nothing real"),
    /**
     * The mean number of real samples' balls that a generated sample lies in, over k (Naeem et al.,
     * ICML 2020): 0 or more, about 1 for equal distributions. One real outlier counts once;
     * generated samples in the densest place give more than 1.
     */
    DENSITY(
        "density",
        "about 1 for equal distributions whatever the number of samples; above 1 where generated"
            + " samples crowd where real ones are densest, which is no merit; read beside"
            + " coverage"),
    /**
     * The share of real samples whose ball holds a generated one (Naeem et al., ICML 2020), in [0,
     * 1]. Of equal distributions in equal numbers it is about 1 - 2^-k. Modes that are never
     * generated lower it.
     */
    COVERAGE(
        "coverage",
        "about 1 - 2^-k for equal distributions in equal numbers, lower with fewer generated"
            + " samples than real ones; does not see samples that look like nothing real");

    private final String label;
    private final String bias;

    Kind(String label, String bias) {
      this.label = label;
      this.bias = bias;
    }
  }

  public NeighbourMetric {
    Require.positive("neighbours", neighbours);
  }

  @Override
  public String name() {
    return kind.label;
  }

  @Override
  public Goal goal() {
    return Goal.HIGHER;
  }

  @Override
  public String bias() {
    return kind.bias;
  }

  @Override
  public boolean pairwise() {
    return true;
  }

  @Override
  public double most() {
    return kind == Kind.DENSITY ? Double.POSITIVE_INFINITY : 1;
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    return Math.min(real.length, generated.length) > neighbours
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s real and %s generated samples have no %s nearest others each; take more samples"
                    + " or fewer neighbours",
                real.length, generated.length, neighbours));
  }

  @Override
  public OnGroups over(SamplePair pair) {
    boolean aboutReal = kind != Kind.RECALL;
    Support support = new Support(pair, aboutReal, neighbours);
    return (r, g) -> {
      int[] real = pair.real().indices(r);
      int[] generated = pair.generated().indices(g);
      return value(aboutReal ? support.count(real, generated) : support.count(generated, real));
    };
  }

  private double value(Support.Counts counts) {
    return switch (kind) {
      case PRECISION, RECALL -> positiveShare(counts.ofPoint());
      case COVERAGE -> positiveShare(counts.inBall());
      case DENSITY -> {
        long held = Arrays.stream(counts.ofPoint()).asLongStream().sum();
        yield held / ((double) neighbours * counts.ofPoint().length);
      }
    };
  }

  private static double positiveShare(int[] counts) {
    return (double) Arrays.stream(counts).filter(count -> count > 0).count() / counts.length;
  }

  /**
   * Which points lie in which balls, for some groups of a pair. A closed ball about each sample of
   * a set reaches to its k-th nearest other one; together they are the set's estimated support.
   * Distances are squared ones, ||a||^2 + ||b||^2 - 2 a . b in double precision; between equal rows
   * they are exactly zero.
   */
  private static final class Support {

    private final GroupedSamples centres;
    private final double[] centreNorms;
    private final double[] pointNorms;
    private final double[][] products;
    private final boolean centresAreRows;
    private final int neighbours;

    /**
     * Balls about the real samples of a pair, or about its generated ones; the others are points.
     */
    Support(SamplePair pair, boolean aboutReal, int neighbours) {
      this.centres = aboutReal ? pair.real() : pair.generated();
      this.centreNorms = centres.squaredNorms();
      this.pointNorms = (aboutReal ? pair.generated() : pair.real()).squaredNorms();
      this.products = pair.products();
      this.centresAreRows = aboutReal;
      this.neighbours = neighbours;
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
      double[][] among = centres.products();
      double[] radii = new double[chosen.length];
      double[] nearest = new double[neighbours];
      for (int p = 0; p < chosen.length; p++) {
        int i = chosen[p];
        double[] row = among[i];
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

    private static double squaredDistance(
        double squaredNormA, double squaredNormB, double product) {
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

    /** Points in each ball, and balls about each point. */
    @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
    record Counts(int[] inBall, int[] ofPoint) {}
  }
}
