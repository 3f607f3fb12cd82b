package dev.idem.api.contract;

import java.util.Locale;
import java.util.function.Supplier;

/** Fails a test with one line that names the culprit and says what to do. */
final class Rule {

  private Rule() {}

  /** Requires {@code condition}; {@code message} is a {@link String#format} pattern. */
  static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw broken(message, values);
    }
  }

  static AssertionError broken(String message, Object... values) {
    return new AssertionError(String.format(Locale.ROOT, message, values));
  }

  /** What {@code action} gives; an exception becomes a failure that tells who threw it and when. */
  static <V> V of(String culprit, String when, Supplier<V> action) {
    try {
      return action.get();
    } catch (RuntimeException thrown) {
      AssertionError failure = broken("%s threw %s: %s", culprit, when, thrown);
      failure.initCause(thrown);
      throw failure;
    }
  }

  /** Requires a text that fits in a table: not null, not blank, one line. */
  static String oneLine(String culprit, String what, String text) {
    require(
        text != null, "%s has no %s; return a line that tells a reader what it is", culprit, what);
    require(
        !text.isBlank() && text.lines().count() == 1,
        "%s has the %s '%s'; it must be one line that is not blank",
        culprit,
        what,
        text);
    return text;
  }

  /** Requires that two made alike are equal, as records are. */
  static void value(String culprit, Object one, Object other) {
    require(
        one.equals(other) && one.hashCode() == other.hashCode(),
        "%s: two of them made alike are not equal; make the class a record whose components are"
            + " values, so that settings compare and print",
        culprit);
  }
}
