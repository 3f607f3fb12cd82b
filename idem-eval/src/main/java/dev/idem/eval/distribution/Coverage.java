package dev.idem.eval.distribution;

/**
 * The share of real samples whose ball, to their k-th nearest other real sample, holds a generated
 * one (Naeem et al., ICML 2020), in [0, 1]. Of equal distributions in equal numbers it is about 1 -
 * 2^-k. Modes that are never generated lower it.
 *
 * @param neighbours k, positive
 */
public record Coverage(int neighbours) implements NeighbourMetric {

  public Coverage {
    Neighbourhoods.requireNeighbours(neighbours);
  }

  @Override
  public String name() {
    return "coverage";
  }

  @Override
  public String bias() {
    return "about 1 - 2^-k for equal distributions in equal numbers, lower with fewer generated samples"
        + " than real ones; does not see samples that look like nothing real";
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
      return Support.Counts.positiveShare(counts.inBall());
    };
  }
}
