package dev.idem.cli.environment;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * The missing resource behind a failure, and the remedy: memory, a temporary folder, a folder for
 * TensorFlow's native libraries, a file.
 */
public final class Failures {

  private static final int MOST_CAUSES = 20;
  private static final long MEBI = 1L << 20;
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private Failures() {}

  /** The line for a failure; empty if its own message says as much. */
  public static Optional<String> explained(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> lacked(cause).stream())
        .findFirst()
        .map(line -> withContext(failure, line))
        .or(() -> pathAlone(failure));
  }

  /** Why TensorFlow's native libraries did not load, and what to do. */
  static String notLoaded(Throwable failure) {
    String folder = System.getProperty(CACHE, System.getProperty("user.home") + "/.javacpp/cache");
    return "TensorFlow's native libraries cannot be loaded (%s); they are unpacked to %s, which must be writable, allow execution (no noexec) and have room: delete it if it is damaged, or name another folder by IDEM_JAVA_OPTS=-D%s=DIR"
        .formatted(deepest(failure), folder, CACHE);
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
    if (!(failure instanceof FileSystemException thrown)
        || thrown.getReason() != null
        || thrown.getStackTrace().length == 0
        || !thrown.getStackTrace()[0].getClassName().startsWith("sun.nio.")) {
      return Optional.empty();
    }
    String reason =
        thrown instanceof NoSuchFileException
            ? "no such file or folder"
            : thrown instanceof AccessDeniedException
                ? "permission denied"
                : thrown instanceof FileAlreadyExistsException
                    ? "exists already"
                    : thrown instanceof NotDirectoryException
                        ? "is not a folder"
                        : thrown instanceof DirectoryNotEmptyException
                            ? "is not empty"
                            : "cannot be read or written";
    return Optional.of("%s: %s".formatted(thrown.getMessage(), reason));
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

  private static String deepest(Throwable failure) {
    List<Throwable> causes = causes(failure).toList();
    return String.valueOf(ForeignCode.message(causes.get(causes.size() - 1)))
        .replaceAll("(\\S+: )\\1", "$1")
        .replaceAll("\\s+", " ");
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
  }
}
