package dev.idem.cli.plugin;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import dev.idem.api.check.ForeignCode;
import dev.idem.cli.environment.Failures;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

/**
 * What the console says of a failure: why, and in which plug-in, found by its stack trace, since
 * their class loaders have names.
 */
public final class FailureText {

  private static final String PREFIX = "plug-in ";
  private static final int MOST_CAUSES = 20;
  private static final int MOST = 300;

  private FailureText() {}

  /** The message of a failure on one line or its own few, with the plug-in that it came from. */
  public static String describe(Throwable failure) {
    String message = Failures.explained(failure).orElseGet(() -> itsOwn(failure));
    return plugin(failure)
        .filter(label -> !message.contains(label))
        .map(label -> "%s; thrown in %s".formatted(line(message), label))
        .orElse(message);
  }

  private static String itsOwn(Throwable failure) {
    if (failure instanceof ProvisionException && failure.getCause() != null) {
      return describe(failure.getCause());
    }
    String message = ForeignCode.message(failure);
    return message == null || failure instanceof Error ? reason(failure) : message;
  }

  private static Optional<String> plugin(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .flatMap(cause -> Stream.of(cause.getStackTrace()))
        .map(StackTraceElement::getClassLoaderName)
        .filter(name -> name != null && name.startsWith(PREFIX))
        .findFirst();
  }

  /** The reason of a failure, on one line. */
  static String reason(Throwable failure) {
    return line(deepest(failure));
  }

  private static String deepest(Throwable failure) {
    Collection<Message> messages =
        failure instanceof CreationException creation
            ? creation.getErrorMessages()
            : failure instanceof ProvisionException provision
                ? provision.getErrorMessages()
                : failure instanceof ConfigurationException configuration
                    ? configuration.getErrorMessages()
                    : List.of();
    if (!messages.isEmpty()) {
      Message first = messages.iterator().next();
      return first.getCause() == null ? first.getMessage() : deepest(first.getCause());
    }
    Throwable cause = failure.getCause();
    if (failure instanceof ServiceConfigurationError) {
      String message = afterService(String.valueOf(ForeignCode.message(failure)));
      return cause == null ? message : message + ": " + deepest(cause);
    }
    if (failure instanceof ExceptionInInitializerError && cause != null) {
      return deepest(cause);
    }
    String name = failure.getClass().getSimpleName();
    String message = ForeignCode.message(failure);
    return message == null ? name : name + ": " + message;
  }

  /** A service loader begins with the service's name, the same in every message. */
  private static String afterService(String message) {
    int colon = message.indexOf(": ");
    return colon < 0 ? message : message.substring(colon + 2);
  }

  /** Text from elsewhere, fit for a line on a terminal. */
  static String line(String text) {
    String line =
        text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").replaceAll("[. ]+$", "").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST) + "...";
  }
}
