package dev.idem.api.check;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls third-party code, such as that of plug-ins. Such code may throw anything, and an {@link
 * Error} from it must not end what does not depend on it: built against another version it throws a
 * {@link LinkageError}, and services that it loads itself throw a {@link
 * java.util.ServiceConfigurationError}. This class alone decides what is caught: everything.
 */
public final class ForeignCode {

  /** Code without a value. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  private ForeignCode() {}

  /**
   * The value of {@code code}.
   *
   * @param failure makes of whatever {@code code} throws the exception that is thrown instead
   */
  public static <V extends @Nullable Object> V call(
      Callable<V> code, Function<Throwable, ? extends RuntimeException> failure) {
    try {
      return code.call();
    } catch (Throwable thrown) {
      keepInterrupted(thrown);
      throw failure.apply(thrown);
    }
  }

  /** What {@code code} throws; empty if it ends as it should. */
  public static Optional<Throwable> thrownBy(Task code) {
    try {
      code.run();
      return Optional.empty();
    } catch (Throwable thrown) {
      keepInterrupted(thrown);
      return Optional.of(thrown);
    }
  }

  private static void keepInterrupted(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  /** The message of {@code thrown}; null if it has none, or fails to compute it. */
  public static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /**
   * The reason why code failed: the message of an exception; for an error, whose message alone may
   * be no more than a method's name, and where there is no message, {@link #describe}.
   */
  public static String reason(Throwable thrown) {
    String message = thrown instanceof Error ? null : message(thrown);
    return message == null ? describe(thrown) : message;
  }

  /** The class and the message of {@code thrown}; the class alone if there is no message. */
  public static String describe(Throwable thrown) {
    String type = thrown.getClass().getName();
    String message = message(thrown);
    return message == null ? type : type + ": " + message;
  }
}
