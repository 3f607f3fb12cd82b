package dev.idem.api.polynomial;

import dev.idem.api.check.Require;

/**
 * The open interval (low, high) of the real line.
 *
 * @param low the lower end, not inside, finite
 * @param high the upper end, not inside, finite and above {@code low}
 */
public record Interval(double low, double high) {

  public Interval {
    Require.argument(
        Double.isFinite(low) && Double.isFinite(high) && low < high,
        "interval (%s, %s) must have finite ends, low below high",
        low,
        high);
  }

  /** Whether low &lt; k &lt; high; false for NaN. */
  public boolean contains(double k) {
    return low < k && k < high;
  }

  /** high - low. */
  public double width() {
    return high - low;
  }
}
