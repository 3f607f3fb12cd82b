package dev.idem.eval;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.Collection;

/** Quantiles: of numbers that may be infinite, of finite ones, and by counting. */
public final class Quantiles {

  private Quantiles() {}

  /**
   * A copy in ascending order.
   *
   * @throws IllegalArgumentException if there is none, or one is not a number
   */
  public static double[] sorted(double[] values) {
    Require.argument(values.length > 0, "quartiles need at least one value");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Require.argument(
        !Double.isNaN(sorted[sorted.length - 1]), "quartiles need numbers, one is NaN");
    return sorted;
  }

  /** The median of {@code values} in any order; refuses as {@link #sorted} does. */
  public static double median(double[] values) {
    return of(sorted(values), 0.5);
  }

  /**
   * The quantile at place q (m - 1), linear between the two values about it; between minus and plus
   * infinity, 0.
   *
   * @param sorted ascending, at least one, any of them infinite
   * @param q in [0, 1]
   */
  public static double of(double[] sorted, double q) {
    double place = (sorted.length - 1) * q;
    int below = (int) place;
    double weight = place - below;
    double low = sorted[below];
    // Without this branch 0 * infinity would make a quantile not-a-number.
    if (weight == 0 || low == sorted[below + 1]) {
      return low;
    }
    double high = sorted[below + 1];
    if (Double.isInfinite(low) && Double.isInfinite(high)) {
      return 0;
    }
    return (1 - weight) * low + weight * high;
  }

  /**
   * The same as {@link #of}, but for the rounding: intervals of evaluations are this to the last
   * bit.
   *
   * @param sorted ascending, at least one, all finite
   * @param q in [0, 1]
   */
  public static double ofFinite(double[] sorted, double q) {
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /**
   * The least of {@code values} that at least a share {@code q} of them do not exceed.
   *
   * @param values in any order, at least one
   * @param q in (0, 1)
   */
  public static double least(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int place = (int) Math.ceil(q * sorted.length);
    // The product is rounded, the quotient too, but to what the share itself is written as.
    if (place > 1 && (place - 1.0) / sorted.length >= q) {
      place--;
    } else if ((double) place / sorted.length < q) {
      place++;
    }
    return sorted[place - 1];
  }

  /**
   * Median and quartiles of a few numbers, of which some may be infinite. Between order statistics
   * they are linear (type 7 of Hyndman and Fan, 1996): at (n - 1) p from the least. A value that
   * lies between a finite number and an infinite one is infinite; one between -infinity and
   * +infinity is 0, neither side having the better of it.
   */
  public record Quartiles(double lower, double median, double upper) {

    /**
     * The quartiles of {@code values}.
     *
     * @throws IllegalArgumentException if there is none, or one is not a number
     */
    public static Quartiles of(Collection<Double> values) {
      double[] sorted =
          Quantiles.sorted(values.stream().mapToDouble(Double::doubleValue).toArray());
      return new Quartiles(
          Quantiles.of(sorted, 0.25), Quantiles.of(sorted, 0.5), Quantiles.of(sorted, 0.75));
    }
  }
}
