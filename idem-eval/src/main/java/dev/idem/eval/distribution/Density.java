package dev.idem.eval.distribution;

import java.util.Arrays;

/**
 * The mean number of real samples whose ball, to their k-th nearest other real sample, a generated
 * sample lies in, over k (Naeem et al., ICML 2020): 0 or more, about 1 for equal distributions. One
 * real outlier counts once, unlike in {@link Precision}; generated samples in the densest place
 * give more than 1.
 *
 * @param neighbours k, positive
 */
public record Density(int neighbours) implements NeighbourMetric {

  public Density {
    Neighbourhoods.requireNeighbours(neighbours);
  }

  @Override
  public String name() {
    return "density";
  }

  @Override
  public String bias() {
    return "about 1 for equal distributions whatever the number of samples; above 1 where generated"
        + " samples crowd where real ones are densest, which is no merit; read beside coverage";
  }

  @Override
  public GroupMeasure over(SamplePair pair) {
    Support support = Support.ofReal(pair, neighbours);
    return (r, g) -> {
      Support.Counts counts = support.count(pair.real().indices(r), pair.generated().indices(g));
      long held = Arrays.stream(counts.ofPoint()).asLongStream().sum();
      return held / ((double) neighbours * counts.ofPoint().length);
    };
  }
}
