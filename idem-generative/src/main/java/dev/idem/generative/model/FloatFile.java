package dev.idem.generative.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Numbers as a file: single precision, little-endian, one after the other. */
final class FloatFile {

  private FloatFile() {}

  /** Room for {@code count} numbers. */
  static byte[] content(long count) {
    return new byte[Math.toIntExact(Math.multiplyExact(count, Float.BYTES))];
  }

  /** The content, to be read or written from its beginning. */
  static ByteBuffer over(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  static float[] floats(ByteBuffer from, int count) {
    float[] values = new float[count];
    from.asFloatBuffer().get(values);
    from.position(from.position() + count * Float.BYTES);
    return values;
  }

  static double[] doubles(ByteBuffer from, int count) {
    float[] narrow = floats(from, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = narrow[i];
    }
    return values;
  }

  static void put(ByteBuffer to, double[] values) {
    for (double value : values) {
      to.putFloat((float) value);
    }
  }

  static ModelCard.FileCard card(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return new ModelCard.FileCard(content.length, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
