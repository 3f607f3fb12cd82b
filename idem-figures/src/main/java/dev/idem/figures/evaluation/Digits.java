package dev.idem.figures.evaluation;

import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of an evaluation for people.
 *
 * @param count significant digits
 */
record Digits(int count) {

  /** Numbers outside of these have an exponent. */
  private static final double SMALL = 1e-3;

  private static final double LARGE = 1e5;

  /** A number; empty for null. */
  String number(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : value.isNaN() ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    return size < SMALL || size >= LARGE
        ? String.format(Locale.ROOT, "%." + (count - 1) + "e", value)
        : new BigDecimal(value).round(new MathContext(count)).toPlainString();
  }

  String signed(@Nullable Double value) {
    return (value != null && value > 0 ? "+" : "") + number(value);
  }

  String interval(@Nullable Double low, @Nullable Double high) {
    return low == null || high == null ? "" : "[" + number(low) + ", " + number(high) + "]";
  }

  String interval(@Nullable Interval interval) {
    return interval == null ? "" : interval(interval.low(), interval.high());
  }

  String value(Entry entry) {
    return entry.value() == null ? "withheld" : number(entry.value());
  }

  String wordOrValue(Entry entry) {
    String word = entry.word();
    return word != null ? word : value(entry);
  }

  /** The word, or the number and its interval. */
  String cell(Entry entry) {
    String word = entry.word();
    return word != null ? word : (value(entry) + " " + interval(entry.low(), entry.high())).strip();
  }
}
