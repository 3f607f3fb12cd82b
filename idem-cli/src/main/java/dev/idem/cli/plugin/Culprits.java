package dev.idem.cli.plugin;

import com.google.inject.ProvisionException;
import dev.idem.api.check.ForeignCode;
import dev.idem.cli.environment.Failures;
import java.util.Optional;
import java.util.stream.Stream;

/** The plug-in that caused a failure, by its stack trace: their class loaders have names. */
public final class Culprits {

  private static final String PREFIX = "plug-in ";
  private static final int MOST_CAUSES = 20;

  private Culprits() {}

  /** The message of a failure on one line or its own few, with the plug-in that it came from. */
  public static String told(Throwable failure) {
    String message = Failures.explained(failure).orElseGet(() -> itsOwn(failure));
    return plugin(failure)
        .filter(label -> !message.contains(label))
        .map(label -> "%s; thrown in %s".formatted(Reasons.line(message), label))
        .orElse(message);
  }

  private static String itsOwn(Throwable failure) {
    if (failure instanceof ProvisionException && failure.getCause() != null) {
      return told(failure.getCause());
    }
    String message = ForeignCode.message(failure);
    return message == null || failure instanceof Error ? Reasons.of(failure) : message;
  }

  private static Optional<String> plugin(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .flatMap(cause -> Stream.of(cause.getStackTrace()))
        .map(StackTraceElement::getClassLoaderName)
        .filter(name -> name != null && name.startsWith(PREFIX))
        .findFirst();
  }
}
