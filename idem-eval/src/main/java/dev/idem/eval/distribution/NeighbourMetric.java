package dev.idem.eval.distribution;

import java.util.Optional;

/** The common part of metrics based on each sample's k nearest neighbours. */
sealed interface NeighbourMetric extends DistributionMetric
    permits Coverage, Density, Precision, Recall {

  /** k, positive. */
  int neighbours();

  @Override
  default Goal goal() {
    return Goal.HIGHER;
  }

  @Override
  default boolean pairwise() {
    return true;
  }

  @Override
  default double least() {
    return 0;
  }

  @Override
  default Optional<String> refusal(float[][] real, float[][] generated) {
    return Neighbourhoods.refusal(neighbours(), real, generated);
  }

  @Override
  default double measure(float[][] real, float[][] generated) {
    return SamplePair.measureAll(this, real, generated);
  }
}
