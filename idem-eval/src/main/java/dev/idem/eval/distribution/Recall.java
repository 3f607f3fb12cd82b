package dev.idem.eval.distribution;

/**
 * The share of real samples in the support of the generated ones: within the distance of some
 * generated sample to its k-th nearest other generated one (Kynkaanniemi et al., NeurIPS 2019), in
 * [0, 1]. Modes that are never generated lower it.
 *
 * @param neighbours k, positive
 */
public record Recall(int neighbours) implements NeighbourMetric {

  public Recall {
    Neighbourhoods.requireNeighbours(neighbours);
  }

  @Override
  public String name() {
    return "recall";
  }

  @Override
  public String bias() {
    return "rises with a single generated outlier, falls with more samples as balls shrink: compare at"
        + " equal numbers of samples; does not see samples that look like nothing real";
  }

  @Override
  public double most() {
    return 1;
  }

  @Override
  public GroupMeasure over(SamplePair pair) {
    Support support = Support.ofGenerated(pair, neighbours);
    return (r, g) -> {
      Support.Counts counts = support.count(pair.generated().indices(g), pair.real().indices(r));
      return Support.Counts.positiveShare(counts.ofPoint());
    };
  }
}
