package dev.idem.cli.environment;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import dev.idem.api.check.ForeignCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * What the console says of a failure: its message, or the resource that was missing (memory, a
 * temporary folder, a folder for TensorFlow's native libraries, a file) and the remedy; and the
 * plug-in it came from, found by its stack trace, since their class loaders have names.
 */
public final class Failures {

  private static final String PLUGIN = "plug-in ";
  private static final int MOST_CAUSES = 20;
  private static final int MOST_CHARACTERS = 300;
  private static final long MEBI = 1L << 20;
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private static final Map<Class<?>, String> REASONS =
      Map.of(
          NoSuchFileException.class, "no such file or folder",
          AccessDeniedException.class, "permission denied",
          FileAlreadyExistsException.class, "exists already",
          NotDirectoryException.class, "is not a folder",
          DirectoryNotEmptyException.class, "is not empty");

  private Failures() {}

  /** The message of a failure on one line or its own few, with the plug-in that it came from. */
  public static String describe(Throwable failure) {
    String message =
        causes(failure)
            .flatMap(cause -> lacked(cause).stream())
            .findFirst()
            .map(line -> withContext(failure, line))
            .or(() -> pathAlone(failure))
            .orElseGet(() -> itsOwn(failure));
    return causes(failure)
        .flatMap(cause -> Stream.of(cause.getStackTrace()))
        .map(StackTraceElement::getClassLoaderName)
        .filter(name -> name != null && name.startsWith(PLUGIN))
        .findFirst()
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

  /** The reason of a failure, on one line. */
  public static String reason(Throwable failure) {
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
    String message = ForeignCode.message(failure);
    if (failure instanceof ServiceConfigurationError) {
      // It begins with the service's name, the same in every message.
      String own = String.valueOf(message);
      String after = own.contains(": ") ? own.substring(own.indexOf(": ") + 2) : own;
      return cause == null ? after : after + ": " + deepest(cause);
    }
    if (failure instanceof ExceptionInInitializerError && cause != null) {
      return deepest(cause);
    }
    String name = failure.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }

  /** Text from elsewhere, fit for a line on a terminal. */
  public static String line(String text) {
    String line =
        text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").replaceAll("[. ]+$", "").strip();
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
  }

  /** Why TensorFlow's native libraries did not load, and what to do. */
  static String notLoaded(Throwable failure) {
    String folder = System.getProperty(CACHE, System.getProperty("user.home") + "/.javacpp/cache");
    List<Throwable> causes = causes(failure).toList();
    String reason =
        String.valueOf(ForeignCode.message(causes.get(causes.size() - 1)))
            .replaceAll("(\\S+: )\\1", "$1")
            .replaceAll("\\s+", " ");
    return "TensorFlow's native libraries cannot be loaded (%s); they are unpacked to %s, which must be writable, allow execution (no noexec) and have room: delete it if it is damaged, or name another folder by IDEM_JAVA_OPTS=-D%s=DIR"
        .formatted(reason, folder, CACHE);
  }

  private static Optional<String> lacked(Throwable cause) {
    String message = String.valueOf(ForeignCode.message(cause));
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(
          message.contains("native thread")
              ? "the system refused another thread (%s); use fewer --threads, or raise the limits of processes and memory (ulimit)"
                  .formatted(message)
              : "out of memory (%s): use a smaller batch or fewer samples, or allow Java more than its %s MiB, as by IDEM_JAVA_OPTS=-Xmx8g"
                  .formatted(message, Runtime.getRuntime().maxMemory() / MEBI));
    }
    if (cause instanceof TFResourceExhaustedException && message.contains("No space left")) {
      return Optional.of(
          "a file could not be written: %s".formatted(message.lines().findFirst().orElse("")));
    }
    if (cause instanceof TFResourceExhaustedException) {
      return Optional.of(
          "TensorFlow is out of memory (%s): use a smaller batch or fewer samples, or --device cpu"
              .formatted(message.lines().findFirst().orElse("")));
    }
    if (cause instanceof LinkageError && isOfTensorFlow(cause, message)) {
      return Optional.of(notLoaded(cause));
    }
    return cause instanceof IOException ? temporaryFolder(message) : Optional.empty();
  }

  private static boolean isOfTensorFlow(Throwable cause, String message) {
    return cause instanceof UnsatisfiedLinkError
        ? Stream.of(cause.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith("org.bytedeco.javacpp."))
        : Stream.of("org.tensorflow.", "org.bytedeco.")
            .anyMatch(name -> message.startsWith("Could not initialize class " + name));
  }

  private static Optional<String> temporaryFolder(String message) {
    String name = System.getProperty("java.io.tmpdir");
    Path folder = Path.of(name);
    return message.contains(name) && !Files.isWritable(folder)
        ? Optional.of(
            "temporary folder (%s) %s; name another by IDEM_JAVA_OPTS=-Djava.io.tmpdir=DIR"
                .formatted(
                    name, Files.isDirectory(folder) ? "cannot be written to" : "does not exist"))
        : Optional.empty();
  }

  /** What the JDK's file system throws has no other message than a path. */
  private static Optional<String> pathAlone(Throwable failure) {
    return failure instanceof FileSystemException thrown
            && thrown.getReason() == null
            && thrown.getStackTrace().length > 0
            && thrown.getStackTrace()[0].getClassName().startsWith("sun.nio.")
        ? Optional.of(
            "%s: %s"
                .formatted(
                    thrown.getMessage(),
                    REASONS.getOrDefault(thrown.getClass(), "cannot be read or written")))
        : Optional.empty();
  }

  /** A failure that only carries its cause has nothing to add to the line. */
  private static String withContext(Throwable failure, String line) {
    String message = ForeignCode.message(failure);
    boolean carries =
        message == null
            || failure instanceof Error
            || failure instanceof IOException
            || causes(failure).skip(1).anyMatch(cause -> message.equals(cause.toString()));
    return carries || line.contains(message) ? line : message + "; " + line;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
  }
}
