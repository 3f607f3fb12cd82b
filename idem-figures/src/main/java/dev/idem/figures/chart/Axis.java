package dev.idem.figures.chart;

import dev.idem.api.check.Require;
import java.util.Optional;

/**
 * An axis.
 *
 * @param label what is shown, with its unit
 * @param logarithmic to base 10; values of zero or below are then gaps
 * @param range from where to where; empty to fit the data
 */
public record Axis(String label, boolean logarithmic, Optional<Range> range) {

  /**
   * An interval of an axis.
   *
   * @param low below {@code high}
   */
  public record Range(double low, double high) {
    public Range {
      Require.argument(
          low < high && Double.isFinite(high - low), "axis range %s to %s is empty", low, high);
    }
  }

  public Axis {
    range.ifPresent(
        r ->
            Require.argument(
                !logarithmic || r.low() > 0, "logarithmic axis from %s must be positive", r.low()));
  }

  /** A linear axis that fits the data. */
  public static Axis linear(String label) {
    return new Axis(label, false, Optional.empty());
  }

  /** A logarithmic axis that fits the data, in whole decades. */
  public static Axis log(String label) {
    return new Axis(label, true, Optional.empty());
  }

  /** This axis, from {@code low} to {@code high}. */
  public Axis from(double low, double high) {
    return new Axis(label, logarithmic, Optional.of(new Range(low, high)));
  }

  boolean shows(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }
}
