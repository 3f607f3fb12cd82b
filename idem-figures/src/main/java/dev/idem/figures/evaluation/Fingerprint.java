package dev.idem.figures.evaluation;

import dev.idem.models.storage.FileCard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 sums that tell models and samples apart. */
public final class Fingerprint {

  private Fingerprint() {}

  /** The fingerprint of the files of these names, in this order. */
  public static String of(Path folder, List<String> names) throws IOException {
    byte[][] parts = new byte[2 * names.size()][];
    for (int i = 0; i < names.size(); i++) {
      parts[2 * i] = names.get(i).getBytes(StandardCharsets.UTF_8);
      parts[2 * i + 1] = Files.readAllBytes(folder.resolve(names.get(i)));
    }
    return FileCard.of(parts).sha256();
  }

  /** The fingerprint of all files below a folder, with their names. */
  public static String of(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      return of(folder, names);
    }
  }

  /** The fingerprint of samples, value by value in single precision. */
  public static String of(float[][] rows) {
    byte[][] parts = new byte[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      ByteBuffer bytes =
          ByteBuffer.allocate(rows[i].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : rows[i]) {
        bytes.putFloat(value);
      }
      parts[i] = bytes.array();
    }
    return FileCard.of(parts).sha256();
  }

  /** The first letters, for people. */
  public static String shortened(String sha256) {
    return sha256.substring(0, Math.min(12, sha256.length()));
  }
}
