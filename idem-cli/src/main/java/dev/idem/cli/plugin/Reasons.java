package dev.idem.cli.plugin;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import dev.idem.api.check.ForeignCode;
import java.util.Collection;
import java.util.List;
import java.util.ServiceConfigurationError;

/** The reason of a failure, on one line. */
final class Reasons {

  private static final int MOST = 300;

  private Reasons() {}

  /** The line. */
  static String of(Throwable failure) {
    return line(told(failure));
  }

  private static String told(Throwable failure) {
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
      return first.getCause() == null ? first.getMessage() : told(first.getCause());
    }
    Throwable cause = failure.getCause();
    if (failure instanceof ServiceConfigurationError) {
      String message = afterService(String.valueOf(ForeignCode.message(failure)));
      return cause == null ? message : message + ": " + told(cause);
    }
    if (failure instanceof ExceptionInInitializerError && cause != null) {
      return told(cause);
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
