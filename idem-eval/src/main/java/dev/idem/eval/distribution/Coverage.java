package dev.idem.eval.distribution;

import java.util.Optional;

/**
 * The share of real samples whose ball, to their k-th nearest other real sample, holds a generated
 * one (Naeem et al., ICML 2020), in [0, 1]. Of equal distributions in equal numbers it is about 1 -
 * 2^-k. Modes that are never generated lower it.
 *
 * @param neighbours k, positive
 */
public record Coverage(int neighbours) implements DistributionMetric {

  public Coverage {
    Neighbourhoods.requireNeighbours(neighbours);
  }

  @Override
  public String name() {
    return "coverage";
  }

  @Override
  public Goal goal() {
    return Goal.HIGHER;
  }

  @Override
  public String bias() {
    return "about 1 - 2^-k for equal distributions in equal numbers, lower with fewer generated samples"
        + " than real ones; does not see samples that look like nothing real";
  }

  @Override
  public boolean pairwise() {
    return true;
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public double most() {
    return 1;
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    return Neighbourhoods.refusal(neighbours, real, generated);
  }

  @Override
  public double measure(float[][] real, float[][] generated) {
    return SamplePair.measureAll(this, real, generated);
  }

  @Override
  public GroupMeasure over(SamplePair pair) {
    Support support = Support.ofReal(pair, neighbours);
    return (r, g) -> {
      Support.Counts counts = support.count(pair.real().indices(r), pair.generated().indices(g));
      return Support.Counts.positiveShare(counts.inBall());
    };
  }
}
