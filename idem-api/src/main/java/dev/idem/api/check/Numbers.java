package dev.idem.api.check;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as people read and write them, the same in every locale: {@code 0.001}, {@code 1e-8},
 * {@code 20000}.
 */
public final class Numbers {

  private static final double SMALL = 1e-4;
  private static final double LARGE = 1e15;

  /** Bounds for numbers in tables and charts, where room is scarce. */
  private static final double SMALL_ROUNDED = 1e-3;

  private static final double LARGE_ROUNDED = 1e5;

  private Numbers() {}

  /**
   * A short text that reads back as {@code value}, with an exponent below 1e-4 and from 1e15 on;
   * {@code 0} for both zeros, and {@code NaN}, {@code Infinity} and {@code -Infinity}.
   */
  public static String text(double value) {
    return Double.isFinite(value)
        ? written(BigDecimal.valueOf(value), SMALL, LARGE)
        : Double.toString(value);
  }

  /**
   * {@code value} in so many significant digits, less trailing zeros, with an exponent below 1e-3
   * and from 1e5 on; a dash for not-a-number, {@code ∞} and {@code −∞}.
   *
   * @param digits positive
   */
  public static String rounded(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
    }
    MathContext precision = new MathContext(Require.positive("digits", digits));
    return written(new BigDecimal(value).round(precision), SMALL_ROUNDED, LARGE_ROUNDED);
  }

  private static String written(BigDecimal value, double small, double large) {
    BigDecimal shortest = value.stripTrailingZeros();
    double size = Math.abs(value.doubleValue());
    if (size == 0 || (size >= small && size < large)) {
      return shortest.toPlainString();
    }
    int exponent = shortest.precision() - shortest.scale() - 1;
    return shortest.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}
