package dev.idem.models.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files, well formed or not. */
final class IdxBytes {

  private IdxBytes() {}

  /** A header with this magic number and these dimensions, then the elements. */
  static byte[] idx(int magic, int[] dimensions, byte... elements) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + elements.length);
    buffer.putInt(magic);
    for (int dimension : dimensions) {
      buffer.putInt(dimension);
    }
    return buffer.put(elements).array();
  }

  /** Images [count, h, w] whose pixels count up, modulo 256. */
  static byte[] images(int count, int height, int width) {
    byte[] pixels = new byte[count * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return idx(0x803, new int[] {count, height, width}, pixels);
  }

  /** Labels. */
  static byte[] labels(int... labels) {
    byte[] elements = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      elements[i] = (byte) labels[i];
    }
    return idx(0x801, new int[] {labels.length}, elements);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
