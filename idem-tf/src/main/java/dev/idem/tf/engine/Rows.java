package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.Arrays;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/** Arrays to tensors and back, row-major. */
final class Rows {

  private static final int PIECE = 1 << 14;

  private Rows() {}

  static org.tensorflow.ndarray.Shape shape(Shape shape) {
    return org.tensorflow.ndarray.Shape.of(shape.toLongArray());
  }

  /** The shape of a batch of as many samples as there are. */
  static org.tensorflow.ndarray.Shape anyBatch(Shape sampleShape) {
    long[] dimensions = sampleShape.batched(1).toLongArray();
    dimensions[0] = org.tensorflow.ndarray.Shape.UNKNOWN_SIZE;
    return org.tensorflow.ndarray.Shape.of(dimensions);
  }

  /** A batch of samples as [rows.length, ...sampleShape]. */
  static TFloat32 tensor(float[][] rows, Shape sampleShape) {
    Require.argument(rows.length > 0, "a batch needs at least one sample");
    int width = sampleShape.size();
    float[] flat = new float[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      Require.argument(
          rows[i].length == width,
          "sample %s has width %s, but shape %s has %s",
          i,
          rows[i].length,
          sampleShape,
          width);
      System.arraycopy(rows[i], 0, flat, i * width, width);
    }
    return tensor(flat, shape(sampleShape.batched(rows.length)));
  }

  /** The values as a tensor of this shape. */
  static TFloat32 tensor(double[] values, org.tensorflow.ndarray.Shape shape) {
    float[] flat = new float[values.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i];
    }
    return tensor(flat, shape);
  }

  private static TFloat32 tensor(float[] flat, org.tensorflow.ndarray.Shape shape) {
    TFloat32 tensor = TFloat32.tensorOf(shape);
    tensor.asRawTensor().data().asFloats().write(flat);
    return tensor;
  }

  static double[] doubles(TFloat32 tensor) {
    FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
    double[] values = new double[Math.toIntExact(tensor.size())];
    // A piece at a time: a copy of all would be another large array for the collector.
    float[] piece = new float[Math.min(PIECE, values.length)];
    for (int from = 0; from < values.length; from += PIECE) {
      int count = Math.min(PIECE, values.length - from);
      data.offset(from).read(piece, 0, count);
      for (int i = 0; i < count; i++) {
        values[from + i] = piece[i];
      }
    }
    return values;
  }

  /** [batch, ...] as rows of this width. */
  static float[][] rows(TFloat32 tensor, int width) {
    float[] flat = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(flat);
    float[][] rows = new float[flat.length / width][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
    return rows;
  }
}
