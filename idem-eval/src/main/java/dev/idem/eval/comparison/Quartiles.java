package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.Collection;

/**
 * Median and quartiles of a few numbers, of which some may be infinite. Between order statistics
 * they are linear (type 7 of Hyndman and Fan, 1996): at (n - 1) p from the least. A value that lies
 * between a finite number and an infinite one is infinite; one between -infinity and +infinity is
 * 0, neither side having the better of it.
 */
public record Quartiles(double lower, double median, double upper) {

  /**
   * The quartiles of {@code values}.
   *
   * @throws IllegalArgumentException if there is none, or one is not a number
   */
  public static Quartiles of(Collection<Double> values) {
    double[] sorted = sorted(values.stream().mapToDouble(Double::doubleValue).toArray());
    return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  static double median(double[] values) {
    return quantile(sorted(values), 0.5);
  }

  static double quantile(double[] sorted, double p) {
    double place = (sorted.length - 1) * p;
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

  private static double[] sorted(double[] values) {
    Require.argument(values.length > 0, "quartiles need at least one value");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Require.argument(
        !Double.isNaN(sorted[sorted.length - 1]), "quartiles need numbers, one is NaN");
    return sorted;
  }
}
