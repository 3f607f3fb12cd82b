package dev.idem.tf.algebra;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Two-dimensional convolutions and their transposes, channels last, without dilation. */
final class Convolutions {

  /** The convolutions of some strides, of whichever type. */
  private record Strided(Ops tf, List<Long> strides) {
    <T extends TNumber> Operand<T> forward(Operand<T> a, Operand<T> kernel) {
      return tf.nn.conv2d(a, kernel, strides, "VALID");
    }
  }

  /** Their transposes, to outputs of some sizes. */
  private record Transposed(Ops tf, Operand<TInt32> sizes, List<Long> strides) {
    <T extends TNumber> Operand<T> backward(Operand<T> a, Operand<T> kernel) {
      return tf.nn.conv2dBackpropInput(sizes, kernel, a, strides, "VALID");
    }
  }

  private final Ops tf;
  private final Multiplication multiplication;

  Convolutions(Ops tf, Multiplication multiplication) {
    this.tf = tf;
    this.multiplication = multiplication;
  }

  /** {@link dev.idem.api.algebra.NetworkAlgebra#conv2d}. */
  Operand<TFloat32> apply(Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    requireConvolution("conv2d", a, kernel, 2, stride, padding);
    return multiplication.of(padded(a, padding), kernel, new Strided(tf, strides(stride))::forward);
  }

  /**
   * Padding is done apart from the convolution, whose own explicit padding has no gradient here.
   */
  private Operand<TFloat32> padded(Operand<TFloat32> a, int padding) {
    if (padding == 0) {
      return a;
    }
    int[][] paddings = {{0, 0}, {padding, padding}, {padding, padding}, {0, 0}};
    return tf.pad(a, tf.constant(paddings), tf.constant(0f));
  }

  /** {@link dev.idem.api.algebra.NetworkAlgebra#conv2dTranspose}. */
  Operand<TFloat32> transpose(
      Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    requireConvolution("conv2dTranspose", a, kernel, 3, stride, padding);
    int height = transposedSize(a.shape().get(1), kernel.shape().get(0), stride);
    int width = transposedSize(a.shape().get(2), kernel.shape().get(1), stride);
    int channels = Math.toIntExact(kernel.shape().get(2));
    Operand<TInt32> sizes = batchThen(a, height, width, channels);
    Operand<TFloat32> full =
        multiplication.of(a, kernel, new Transposed(tf, sizes, strides(stride))::backward);
    if (padding == 0) {
      return full;
    }
    int[] begin = {0, padding, padding, 0};
    int[] size = {-1, height - 2 * padding, width - 2 * padding, channels};
    return tf.slice(full, tf.constant(begin), tf.constant(size));
  }

  private static int transposedSize(long size, long kernel, int stride) {
    return Math.toIntExact((size - 1) * stride + kernel);
  }

  private Operand<TInt32> batchThen(Operand<TFloat32> a, int... rest) {
    if (a.shape().get(0) > 0) {
      int batch = Math.toIntExact(a.shape().get(0));
      return tf.constant(IntStream.concat(IntStream.of(batch), Arrays.stream(rest)).toArray());
    }
    Operand<TInt32> batch =
        tf.slice(tf.shape(a), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.concat(List.of(batch, tf.constant(rest)), tf.constant(0));
  }

  private static List<Long> strides(int stride) {
    return List.of(1L, (long) stride, (long) stride, 1L);
  }

  private static void requireConvolution(
      String name,
      Operand<TFloat32> a,
      Operand<TFloat32> kernel,
      int channelAxis,
      int stride,
      int padding) {
    Require.positive("stride", stride);
    Require.notNegative("padding", (long) padding);
    Require.argument(
        a.shape().numDimensions() == 4
            && kernel.shape().numDimensions() == 4
            && a.shape().get(3) == kernel.shape().get(channelAxis),
        "%s cannot apply kernel %s to %s",
        name,
        kernel.shape(),
        a.shape());
  }
}
