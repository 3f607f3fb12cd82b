package dev.idem.generative.data;

import dev.idem.generative.data.ImageFile.UnusableImageException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The checksums of a PNG file, which Java's decoder does not compare. Those of chunks that pixels
 * depend on, which are the critical ones and {@code tRNS}, must be right, and the file must reach
 * its end mark; comments, times and colour profiles may be damaged.
 */
final class PngChecksums {

  private static final int SIGNATURE = 8;
  private static final int BUFFER = 1 << 16;

  private PngChecksums() {}

  /**
   * Compares them.
   *
   * @throws UnusableImageException if one is wrong, or the file ends before its end mark
   * @throws IOException if the file cannot be read
   */
  static void require(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw, BUFFER))) {
      in.skipNBytes(SIGNATURE);
      String type;
      do {
        type = chunk(in);
      } while (!type.equals("IEND"));
    } catch (EOFException e) {
      throw new UnusableImageException("is damaged: it ends before its end mark", e);
    }
  }

  private static String chunk(DataInputStream in) throws IOException {
    long left = Integer.toUnsignedLong(in.readInt());
    byte[] name = new byte[4];
    in.readFully(name);
    CRC32 found = new CRC32();
    found.update(name);
    byte[] buffer = new byte[(int) Math.min(BUFFER, left)];
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException();
      }
      found.update(buffer, 0, count);
      left -= count;
    }
    int noted = in.readInt();
    String type = new String(name, StandardCharsets.US_ASCII);
    // The fifth bit of the first letter, which makes it a capital, marks critical chunks.
    boolean pixels = (name[0] & 0x20) == 0 || type.equals("tRNS");
    if (pixels && noted != (int) found.getValue()) {
      throw new UnusableImageException(
          "is damaged: the checksum of a chunk (%s) is wrong"
              .formatted(type.replaceAll("[^A-Za-z]", "?")));
    }
    return type;
  }
}
