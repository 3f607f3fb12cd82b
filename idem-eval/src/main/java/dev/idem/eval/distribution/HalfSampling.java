package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import dev.idem.eval.Quantiles;
import dev.idem.eval.comparison.Bootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Intervals and floors from halves drawn without replacement (Politis, Romano and Wolf, 1999,
 * chapter 2).
 *
 * <p>The usual bootstrap draws with replacement, and is biased for every metric of distributions:
 * it repeats samples, whose nearest neighbour is then at distance zero, whose kernel pairs count
 * themselves, and which make covariances smaller. A half without replacement repeats nothing. For a
 * statistic that is a mean to first order, with variance s^2 / m at m samples, that at a half, less
 * its value on the whole, has the variance s^2 (2/m - 1/m) = s^2 / m: that of the statistic itself,
 * so the factor is one. The halves' own mean is taken for their centre, because a bias that rises
 * as samples get fewer would else shift the interval.
 *
 * <p>Where distributions are equal, the kernel and Frechet distances are not means to first order,
 * and fall as 1/m: their interval is then too wide by a factor of up to sqrt(3).
 */
record HalfSampling(int resamples, long seed) {

  private static final double TAIL = 0.025;

  HalfSampling {
    Require.argument(resamples >= 40, "resamples (%s) must be at least 40", resamples);
  }

  /** Half of the groups of each side of a pair, drawn without replacement. */
  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  record Draw(int[] real, int[] generated) {

    /** Independent halves of either side. */
    static Draw independent(SamplePair pair, RandomGenerator random) {
      return new Draw(
          half(RandomStreams.permutation(pair.real().groups(), random), false),
          half(RandomStreams.permutation(pair.generated().groups(), random), false));
    }

    /** A half of one set of groups, and the other half. */
    static Draw disjoint(int groups, RandomGenerator random) {
      int[] order = RandomStreams.permutation(groups, random);
      return new Draw(half(order, false), half(order, true));
    }

    private static int[] half(int[] order, boolean second) {
      int size = order.length / 2;
      int from = second ? size : 0;
      int[] half = Arrays.copyOfRange(order, from, from + size);
      Arrays.sort(half);
      return half;
    }
  }

  /** The metric on halves of both sides. */
  double[] halves(DistributionMetric metric, SamplePair pair) {
    var random = RandomStreams.stream(seed, "halves of " + metric.name(), 0);
    return GroupedMetric.onHalves(
        metric, pair, draws(resamples, () -> Draw.independent(pair, random)));
  }

  /** The mean of the metric between disjoint halves of real samples. */
  double floor(DistributionMetric metric, GroupedSamples real) {
    var random = RandomStreams.stream(seed, "floor of " + metric.name(), 0);
    GroupedMetric.OnGroups prepared = GroupedMetric.over(metric, new SamplePair(real, real));
    List<Draw> draws = draws(metric.floorDraws(), () -> Draw.disjoint(real.groups(), random));
    return Arrays.stream(GroupedMetric.each(prepared, draws)).average().orElseThrow();
  }

  private static List<Draw> draws(int count, Supplier<Draw> draw) {
    return Stream.generate(draw).limit(count).toList();
  }

  /** The pivotal interval: value less the halves' upper and lower deviation from their mean. */
  static Bootstrap.Interval interval(DistributionMetric metric, double value, double[] halves) {
    double mean = Arrays.stream(halves).average().orElseThrow();
    double[] sorted = Arrays.stream(halves).map(v -> v - mean).sorted().toArray();
    // Halves that are all on one side of the value would leave it outside of its own interval.
    return new Bootstrap.Interval(
        Math.min(value, clipped(metric, value - Quantiles.ofFinite(sorted, 1 - TAIL))),
        Math.max(value, clipped(metric, value - Quantiles.ofFinite(sorted, TAIL))));
  }

  private static double clipped(DistributionMetric metric, double value) {
    return Math.min(metric.most(), Math.max(metric.least(), value));
  }
}
