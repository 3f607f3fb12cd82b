package dev.idem.models.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files atomically, so that no reader ever sees a partial one. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a file to a temporary name beside its own, then moves it.
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
}
