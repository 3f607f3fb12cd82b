package dev.idem.models.storage;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Files that are written whole or not at all, and files in the system's temporary folder, {@code
 * java.io.tmpdir}, which the command {@code idem} sets from {@code TMPDIR}.
 */
public final class SafeFiles {

  private SafeFiles() {}

  /**
   * Writes a file to a temporary name beside its own, then moves it, so that no reader ever sees a
   * partial one.
   *
   * @param folder that exists
   * @throws IOException if that fails; the previous file is then kept
   */
  public static void write(Path folder, String name, byte[] content) throws IOException {
    Path temporary = folder.resolve("." + name + ".tmp");
    try {
      Files.write(temporary, content);
      Files.move(temporary, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException(
          "%s could not be written: %s".formatted(folder.resolve(name), e.getMessage()), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** What is wrong with a JSON file, on one line, without what Jackson says of its own settings. */
  public static String reason(IOException invalid) {
    String message =
        invalid instanceof JacksonException json ? json.getOriginalMessage() : invalid.getMessage();
    return String.valueOf(message)
        .lines()
        .findFirst()
        .orElse("no content")
        .replaceAll(" \\(start marker at .*", "");
  }

  /** The temporary folder, whether it exists or not. */
  public static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir", "."));
  }

  /**
   * A new, empty file in the temporary folder.
   *
   * @throws IOException if the temporary folder is missing or cannot be written to; the message
   *     names it and what to set
   */
  public static Path newTemporaryFile(String prefix, String suffix) throws IOException {
    return newFile(temporaryFolder(), prefix, suffix);
  }

  static Path newFile(Path folder, String prefix, String suffix) throws IOException {
    try {
      return Files.createTempFile(folder, prefix, suffix);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * A new, empty folder in the temporary folder.
   *
   * @throws IOException as {@link #newTemporaryFile}
   */
  public static Path newTemporaryFolder(String prefix) throws IOException {
    Path folder = temporaryFolder();
    try {
      return Files.createTempDirectory(folder, prefix);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static IOException unusable(Path folder, IOException cause) {
    String found =
        Files.isDirectory(folder)
            ? "cannot be written to"
            : Files.exists(folder) ? "is not a folder" : "does not exist";
    return new IOException(
        "temporary folder (%s) %s; set TMPDIR, or java.io.tmpdir of the JVM, to a folder that can be written to"
            .formatted(folder, found),
        cause);
  }

  /** A file is not what it should be, or damaged; the message names it and says what to do. */
  public static final class MalformedFileException extends IOException {

    @Serial private static final long serialVersionUID = 1;

    /** With the name of the file, what was found and what to do. */
    public MalformedFileException(String message) {
      super(message);
    }

    /** With the name of the file, what was found and what to do. */
    public MalformedFileException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
