package dev.idem.tf.savedmodel;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.Arrays;
import org.tensorflow.types.TFloat32;

/** Arrays to tensors and back, row-major. */
final class Batches {

  private Batches() {}

  /** The samples from {@code start} to {@code end}, exclusive, as [end - start, ...sample]. */
  static TFloat32 tensor(Shape sample, float[][] rows, int start, int end) {
    int width = sample.size();
    float[] flat = new float[Math.multiplyExact(end - start, width)];
    for (int i = start; i < end; i++) {
      Require.argument(
          rows[i].length == width,
          "sample %s has width %s, but the SavedModel takes samples of shape %s, width %s",
          i,
          rows[i].length,
          sample,
          width);
      System.arraycopy(rows[i], 0, flat, (i - start) * width, width);
    }
    return tensor(org.tensorflow.ndarray.Shape.of(sample.batched(end - start).toLongArray()), flat);
  }

  /** The values as a tensor of this shape, in single precision. */
  static TFloat32 tensor(org.tensorflow.ndarray.Shape shape, double[] values) {
    float[] flat = new float[values.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i];
    }
    return tensor(shape, flat);
  }

  private static TFloat32 tensor(org.tensorflow.ndarray.Shape shape, float[] flat) {
    TFloat32 tensor = TFloat32.tensorOf(shape);
    tensor.asRawTensor().data().asFloats().write(flat);
    return tensor;
  }

  /** [batch, ...] as {@code batch} rows. */
  static float[][] rows(TFloat32 tensor, int batch) {
    float[] flat = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(flat);
    int width = flat.length / batch;
    float[][] rows = new float[batch][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
    return rows;
  }
}
