package dev.idem.tf.engine;

import dev.idem.api.check.Require;
import dev.idem.api.training.EngineOptions.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Products of two single-precision tensors, computed in a {@link Precision}: of matrices, and
 * convolutions with their transposes, channels last. In bfloat16 the casts stand around the product
 * alone: its gradients are products in bfloat16 as well, and arrive at the factors as float32,
 * where gradients of several applications are summed.
 */
final class Products {

  /** A product, of whichever type. */
  private interface Product {
    <T extends TNumber> Operand<T> of(Operand<T> a, Operand<T> b);
  }

  private final Ops tf;
  private final Precision precision;

  Products(Ops tf, Precision precision) {
    this.tf = tf;
    this.precision = precision;
  }

  private Operand<TFloat32> product(Operand<TFloat32> a, Operand<TFloat32> b, Product product) {
    return switch (precision) {
      case FLOAT32 -> product.of(a, b);
      case MIXED_BFLOAT16 -> tf.dtypes.cast(product.of(rounded(a), rounded(b)), TFloat32.class);
    };
  }

  private Operand<TBfloat16> rounded(Operand<TFloat32> a) {
    return tf.dtypes.cast(a, TBfloat16.class);
  }

  /** {@link dev.idem.api.algebra.NetworkAlgebra#matMul}. */
  Operand<TFloat32> matMul(Operand<TFloat32> a, Operand<TFloat32> matrix) {
    Require.argument(
        a.shape().numDimensions() == 2
            && matrix.shape().numDimensions() == 2
            && a.shape().get(1) == matrix.shape().get(0),
        "matMul cannot multiply %s by %s",
        a.shape(),
        matrix.shape());
    return product(a, matrix, tf.linalg::matMul);
  }

  /** {@link dev.idem.api.algebra.NetworkAlgebra#conv2d}. */
  Operand<TFloat32> conv2d(Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    requireConvolution("conv2d", a, kernel, 2, stride, padding);
    Operand<TFloat32> padded = a;
    if (padding > 0) {
      // Apart from the convolution, whose own explicit padding has no gradient here.
      int[][] paddings = {{0, 0}, {padding, padding}, {padding, padding}, {0, 0}};
      padded = tf.pad(a, tf.constant(paddings), tf.constant(0f));
    }
    return product(
        padded,
        kernel,
        new Product() {
          @Override
          public <T extends TNumber> Operand<T> of(Operand<T> x, Operand<T> k) {
            return tf.nn.conv2d(x, k, strides(stride), "VALID");
          }
        });
  }

  /** {@link dev.idem.api.algebra.NetworkAlgebra#conv2dTranspose}. */
  Operand<TFloat32> conv2dTranspose(
      Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    requireConvolution("conv2dTranspose", a, kernel, 3, stride, padding);
    int height = transposedSize(a.shape().get(1), kernel.shape().get(0), stride);
    int width = transposedSize(a.shape().get(2), kernel.shape().get(1), stride);
    int channels = Math.toIntExact(kernel.shape().get(2));
    Operand<TInt32> sizes = batchThen(a, height, width, channels);
    Operand<TFloat32> full =
        product(
            a,
            kernel,
            new Product() {
              @Override
              public <T extends TNumber> Operand<T> of(Operand<T> y, Operand<T> k) {
                return tf.nn.conv2dBackpropInput(sizes, k, y, strides(stride), "VALID");
              }
            });
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
