package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.Optional;

/**
 * Precision, recall, density and coverage: metrics of the balls about samples that reach to their
 * k-th nearest other sample of the same set. The union of a set's balls is its support.
 *
 * @param kind what is counted
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
    if (kind == Kind.RECALL) {
      Support generated = Support.ofGenerated(pair, neighbours);
      return (r, g) ->
          positiveShare(
              generated.count(pair.generated().indices(g), pair.real().indices(r)).ofPoint());
    }
    Support real = Support.ofReal(pair, neighbours);
    return (r, g) -> value(real.count(pair.real().indices(r), pair.generated().indices(g)));
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
}
