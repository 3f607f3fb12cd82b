package dev.idem.eval.comparison;

import dev.idem.eval.Quantiles;
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
    double[] sorted = Quantiles.sorted(values.stream().mapToDouble(Double::doubleValue).toArray());
    return new Quartiles(
        Quantiles.of(sorted, 0.25), Quantiles.of(sorted, 0.5), Quantiles.of(sorted, 0.75));
  }
}
