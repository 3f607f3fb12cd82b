package dev.idem.eval.distribution;

import dev.idem.eval.linear.Rows;
import java.util.Optional;

/**
 * A number that says how generated samples relate to real ones as distributions. To write one,
 * implement {@code name}, {@code goal}, {@code bias} and {@code measure}. An evaluation gives it
 * copies, which it may write to, and may call it from several threads.
 */
public interface DistributionMetric {

  /** Which values of a metric are good. */
  enum Goal {
    /** The lower, the more alike. */
    LOWER,
    /** The higher, the better. */
    HIGHER,
    /** The nearer to the value of real samples against real ones, the better. */
    AS_REAL
  }

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
   * @throws IllegalArgumentException if they are not such, see {@link #requireSamples}, or with
   *     {@link #refusal}, if there is one
   */
  double measure(float[][] real, float[][] generated);

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

  /**
   * The metric behind one that only renames or checks it, so that intervals of idem's own metrics
   * cost no more behind a wrapper; this one if it wraps none.
   */
  default DistributionMetric unwrapped() {
    return this;
  }

  /**
   * Requires samples that a metric can be computed of.
   *
   * @param real [m_r][n], at least one, finite, all of one width
   * @param generated [m_g][n], the same
   * @throws IllegalArgumentException if they are not such
   */
  static void requireSamples(float[][] real, float[][] generated) {
    Rows.requireSameWidth("real samples", real, "generated samples", generated);
  }
}
