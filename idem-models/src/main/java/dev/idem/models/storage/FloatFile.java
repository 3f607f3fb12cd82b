package dev.idem.models.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as a file: single precision, little-endian, one after the other. */
public final class FloatFile {

  private FloatFile() {}

  /** Room for {@code count} numbers. */
  public static byte[] content(long count) {
    return new byte[Math.toIntExact(Math.multiplyExact(count, Float.BYTES))];
  }

  /** The content, to be read or written from its beginning. */
  public static ByteBuffer over(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next {@code count} numbers. */
  public static float[] floats(ByteBuffer from, int count) {
    float[] values = new float[count];
    from.asFloatBuffer().get(values);
    from.position(from.position() + count * Float.BYTES);
    return values;
  }

  /** The next {@code count} numbers, widened. */
  public static double[] doubles(ByteBuffer from, int count) {
    float[] narrow = floats(from, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = narrow[i];
    }
    return values;
  }

  /** Writes numbers, narrowed. */
  public static void put(ByteBuffer to, double[] values) {
    for (double value : values) {
      to.putFloat((float) value);
    }
  }
}
