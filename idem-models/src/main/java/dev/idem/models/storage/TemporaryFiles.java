package dev.idem.models.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files and folders in the system's temporary folder, {@code java.io.tmpdir}, which the command
 * {@code idem} sets from {@code TMPDIR}.
 */
public final class TemporaryFiles {

  private TemporaryFiles() {}

  /** The temporary folder, whether it is there or not. */
  public static Path folder() {
    return Path.of(System.getProperty("java.io.tmpdir", "."));
  }

  /**
   * A new, empty file.
   *
   * @throws IOException if the temporary folder is missing or cannot be written to; the message
   *     names it and what to set
   */
  public static Path file(String prefix, String suffix) throws IOException {
    return file(folder(), prefix, suffix);
  }

  static Path file(Path folder, String prefix, String suffix) throws IOException {
    try {
      return Files.createTempFile(folder, prefix, suffix);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * A new, empty folder.
   *
   * @throws IOException as that of {@link #file}
   */
  public static Path newFolder(String prefix) throws IOException {
    Path folder = folder();
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
}
