package dev.idem.eval.contract;

import java.util.Locale;
import java.util.function.Supplier;

/** Fails a test with one line that names the culprit and says what to do. */
final class MetricRule {

  private MetricRule() {}

  /** Requires {@code condition}; {@code message} is a {@link String#format} pattern. */
  static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new AssertionError(String.format(Locale.ROOT, message, values));
    }
  }

  /** What {@code action} gives; an exception becomes a failure that tells who threw it and when. */
  static <V> V of(String culprit, String when, Supplier<V> action) {
    try {
      return action.get();
    } catch (RuntimeException thrown) {
      throw new AssertionError(culprit + " threw " + when + ": " + thrown, thrown);
    }
  }

  /** Requires an {@link IllegalArgumentException} whose message has {@code told} in it. */
  static void refused(String culprit, String what, String told, Runnable action) {
    try {
      action.run();
    } catch (IllegalArgumentException refused) {
      String message = String.valueOf(refused.getMessage());
      require(
          message.contains(told) && message.lines().count() == 1,
          "%s refused %s by '%s'; say in one line what is wrong with it ('%s')",
          culprit,
          what,
          message,
          told);
      return;
    } catch (RuntimeException other) {
      throw new AssertionError(
          culprit + " threw " + other + " for " + what + "; throw an IllegalArgumentException",
          other);
    }
    throw new AssertionError(
        culprit + " took " + what + "; refuse it by an IllegalArgumentException");
  }
}
