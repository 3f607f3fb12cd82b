package dev.idem.api.check;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Argument checks. Each returns the checked value, or throws {@link IllegalArgumentException} with
 * the argument's name, its value and the rule it breaks.
 */
public final class Require {

  private Require() {}

  /** Requires {@code condition}; {@code message} is a {@link String#format} pattern. */
  public static void argument(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }

  /** Requires a whole number above zero. */
  public static int positive(String name, int value) {
    argument(value > 0, "%s (%s) must be positive", name, value);
    return value;
  }

  /** Requires a whole number above zero. */
  public static long positive(String name, long value) {
    argument(value > 0, "%s (%s) must be positive", name, value);
    return value;
  }

  /** Requires a finite number above zero. */
  public static double positive(String name, double value) {
    argument(value > 0 && Double.isFinite(value), "%s (%s) must be positive", name, value);
    return value;
  }

  /** Requires a finite number above zero that is not zero or subnormal in single precision. */
  public static double positiveInSinglePrecision(String name, double value) {
    positive(name, value);
    argument(
        value >= Float.MIN_NORMAL,
        "%s (%s) must be at least 1.2e-38, the least normal number of single precision",
        name,
        value);
    return value;
  }

  /** Requires a finite number of zero or more. */
  public static double notNegative(String name, double value) {
    argument(value >= 0 && Double.isFinite(value), "%s (%s) must not be negative", name, value);
    return value;
  }

  /** Requires a whole number of zero or more. */
  public static long notNegative(String name, long value) {
    argument(value >= 0, "%s (%s) must not be negative", name, value);
    return value;
  }

  /** Requires a number in [low, high). */
  public static double inHalfOpen(String name, double value, double low, double high) {
    argument(value >= low && value < high, "%s (%s) must be in [%s, %s)", name, value, low, high);
    return value;
  }

  /** Requires text that is not blank. */
  public static String notBlank(String name, String value) {
    argument(!value.isBlank(), "%s ('%s') must not be blank", name, value);
    return value;
  }

  /** Requires that a look-up by name found something. */
  public static <V> V known(@Nullable V value, String kind, String name, Collection<String> known) {
    if (value == null) {
      throw new IllegalArgumentException(
          "unknown %s '%s'; known: %s".formatted(kind, name, String.join(", ", known)));
    }
    return value;
  }
}
