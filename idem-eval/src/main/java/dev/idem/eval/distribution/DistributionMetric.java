package dev.idem.eval.distribution;

import java.util.List;
import java.util.Optional;

/**
 * A number that says how generated samples relate to real ones as distributions. To write one,
 * implement {@code name}, {@code goal}, {@code bias} and {@code measure}; the others make it
 * cheaper. An evaluation gives it copies, which it may write to.
 */
public interface DistributionMetric {

  /** The name in tables, such as {@code "recall"}. */
  String name();

  /** Which values are good. */
  Goal goal();

  /** The bias in words: how finite samples shift it, what it cannot see, how to compare it. */
  String bias();

  /** The reason why the metric is meaningless for these sets; empty if it is not. */
  default Optional<String> refusal(float[][] real, float[][] generated) {
    return Optional.empty();
  }

  /**
   * Computes the metric.
   *
   * @param real features [m_r][n], at least one, finite, all of one width
   * @param generated features [m_g][n], the same
   * @throws IllegalArgumentException if they are not such, or with {@link #refusal}, if there is
   *     one
   */
  double measure(float[][] real, float[][] generated);

  /**
   * The metric on unions of the groups of a pair, prepared once for many of them. It may be called
   * from several threads.
   */
  default GroupMeasure over(SamplePair pair) {
    return (real, generated) ->
        measure(pair.real().rowsOf(real), pair.generated().rowsOf(generated));
  }

  /** The metric on each of the draws, for the interval. */
  default double[] onHalves(SamplePair pair, List<HalfDraw> draws) {
    GroupMeasure measure = over(pair);
    return draws.parallelStream()
        .mapToDouble(draw -> measure.measure(draw.real(), draw.generated()))
        .toArray();
  }

  /** How many divisions of the real samples into halves its floor is the mean over, positive. */
  default int floorDraws() {
    return 20;
  }

  /** Whether it looks at pairs of samples, so that its cost rises with their number's square. */
  default boolean pairwise() {
    return false;
  }

  /** The least possible value. */
  default double least() {
    return Double.NEGATIVE_INFINITY;
  }

  /** The largest possible value. */
  default double most() {
    return Double.POSITIVE_INFINITY;
  }
}
