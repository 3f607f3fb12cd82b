package dev.idem.eval.distribution;

import java.util.Optional;

/**
 * The share of generated samples in the support of the real ones: within the distance of some real
 * sample to its k-th nearest other real one (Kynkaanniemi et al., NeurIPS 2019), in [0, 1]. One
 * real outlier widens the support much.
 *
 * @param neighbours k, positive
 */
public record Precision(int neighbours) implements DistributionMetric {

  public Precision {
    Neighbourhoods.requireNeighbours(neighbours);
  }

  @Override
  public String name() {
    return "precision";
  }

  @Override
  public Goal goal() {
    return Goal.HIGHER;
  }

  @Override
  public String bias() {
    return "rises with a single real outlier, falls with more samples as balls shrink: compare at equal"
        + " numbers of samples; does not see samples that are missing";
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
      return Support.Counts.positiveShare(counts.ofPoint());
    };
  }
}
