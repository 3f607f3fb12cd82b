package dev.idem.generative.data;

import java.nio.file.Path;

/**
 * A file that is not used.
 *
 * @param path under the folder
 * @param reason in a few words, printed after the path
 */
public record Skipped(String path, String reason) {

  private static final char UNKNOWN = '\ufffd';

  /**
   * The name of a file under a folder; in a locale whose character set lacks one of its characters,
   * as UTF-8.
   */
  static String name(Path root, Path file) {
    String name = root.relativize(file).toString();
    return name.indexOf(UNKNOWN) < 0
        ? name
        : String.valueOf(root.toUri().relativize(file.toUri()).getPath());
  }
}
