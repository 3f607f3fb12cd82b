package dev.idem.eval.distribution;

/**
 * The share of generated samples in the support of the real ones: within the distance of some real
 * sample to its k-th nearest other real one (Kynkaanniemi et al., NeurIPS 2019), in [0, 1]. One
 * real outlier widens the support much.
 *
 * @param neighbours k, positive
 */
public record Precision(int neighbours) implements NeighbourMetric {

  public Precision {
    Neighbourhoods.requireNeighbours(neighbours);
  }

  @Override
  public String name() {
    return "precision";
  }

  @Override
  public String bias() {
    return "rises with a single real outlier, falls with more samples as balls shrink: compare at equal"
        + " numbers of samples; does not see samples that are missing";
  }

  @Override
  public double most() {
    return 1;
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
