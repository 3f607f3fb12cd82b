package dev.idem.eval.distribution;

import java.util.List;

/**
 * A metric that is prepared once for a pair of sample sets, and then computed on unions of their
 * groups at little cost: what intervals and floors need hundreds of. Its least value is 0 unless
 * overridden.
 */
interface GroupedMetric extends DistributionMetric {

  /** A metric as a function of which groups are looked at; called from several threads. */
  @FunctionalInterface
  interface OnGroups {
    /**
     * The metric on a union of groups of real samples and one of groups of generated ones.
     *
     * @param real numbers of groups, ascending, each once
     * @param generated the same
     */
    double measure(int[] real, int[] generated);
  }

  /** Prepares the metric for a pair. */
  OnGroups over(SamplePair pair);

  /** The metric on each of the draws, for the interval. */
  default double[] onHalves(SamplePair pair, List<HalfSampling.Draw> draws) {
    return each(over(pair), draws);
  }

  /** The metric on everything; refused sets are an error. */
  @Override
  default double measure(float[][] real, float[][] generated) {
    DistributionMetric.requireSamples(real, generated);
    refusal(real, generated)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(name() + ": " + reason);
            });
    SamplePair pair = SamplePair.inOrder(real, generated);
    return over(pair).measure(pair.real().all(), pair.generated().all());
  }

  @Override
  default double least() {
    return 0;
  }

  /** As {@link #over(SamplePair)}; a metric that cannot be prepared gets copies of the rows. */
  static OnGroups over(DistributionMetric metric, SamplePair pair) {
    return metric.unwrapped() instanceof GroupedMetric grouped
        ? grouped.over(pair)
        : (real, generated) ->
            metric.measure(pair.real().rowsOf(real), pair.generated().rowsOf(generated));
  }

  /** As {@link #onHalves(SamplePair, List)}, of any metric. */
  static double[] onHalves(
      DistributionMetric metric, SamplePair pair, List<HalfSampling.Draw> draws) {
    return metric.unwrapped() instanceof GroupedMetric grouped
        ? grouped.onHalves(pair, draws)
        : each(over(metric, pair), draws);
  }

  /** A prepared metric on each of the draws. */
  static double[] each(OnGroups metric, List<HalfSampling.Draw> draws) {
    return draws.parallelStream()
        .mapToDouble(draw -> metric.measure(draw.real(), draw.generated()))
        .toArray();
  }
}
