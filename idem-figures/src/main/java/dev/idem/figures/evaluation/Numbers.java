package dev.idem.figures.evaluation;

import dev.idem.eval.comparison.Bootstrap.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for people: four significant digits. */
final class Numbers {

  private static final double SMALL = 1e-3;
  private static final double LARGE = 1e5;

  private Numbers() {}

  static String of(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : value.isNaN() ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    return size < SMALL || size >= LARGE
        ? String.format(Locale.ROOT, "%.3e", value)
        : new BigDecimal(value).round(new MathContext(4)).toPlainString();
  }

  static String signed(@Nullable Double value) {
    return value != null && value > 0 ? "+" + of(value) : of(value);
  }

  static String interval(@Nullable Double low, @Nullable Double high) {
    return low == null || high == null ? "" : "[" + of(low) + ", " + of(high) + "]";
  }

  static String interval(@Nullable Interval interval) {
    return interval == null ? "" : interval(interval.low(), interval.high());
  }
}
