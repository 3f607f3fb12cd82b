package dev.idem.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder with atomic writes: each file is written under a temporary name, then moved, so that a
 * reader never sees half a file.
 *
 * @param path created if it does not exist
 */
public record OutputFolder(Path path) {

  /**
   * The folder, made if need be and proven writable.
   *
   * @throws IOException if it is a file, or cannot be created or written to; the message says which
   */
  public static OutputFolder open(Path path) throws IOException {
    if (path.toString().isBlank()) {
      throw new IOException("output folder ('') must have a name; '.' is the current folder");
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException("output folder (%s) is a file; name another folder".formatted(path));
    }
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, ".idem", ".tmp"));
    } catch (IOException e) {
      throw new IOException(
          "output folder (%s) cannot be written to; name another folder".formatted(path), e);
    }
    return new OutputFolder(path);
  }

  /** A folder in this one. */
  public OutputFolder folder(String name) throws IOException {
    return open(path.resolve(name));
  }

  /**
   * Writes a file, or replaces it.
   *
   * @throws IOException if that fails; what was there before is then still there
   */
  public Path write(String name, byte[] content) throws IOException {
    Path target = path.resolve(name);
    Path temporary = path.resolve("." + name + ".tmp");
    try {
      Files.write(temporary, content);
      return Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("%s could not be written: %s".formatted(target, e.getMessage()), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
