package dev.idem.tf.engine;

import dev.idem.api.check.Require;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.tf.tape.CustomGradients;
import dev.idem.tf.tape.CustomGradients.CustomFunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StopGradient;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.linalg.MatMul;
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

  /** Floats in 2 KiB. */
  private static final int CACHE_CONFLICT = 512;

  /** Samples from which on a transpose of W costs less than it saves. */
  private static final int WORTH_TRANSPOSING = 128;

  /** The mask of {@code stridedSlice} that takes all four axes from end to end. */
  private static final long WHOLE = 0b1111;

  private final Ops tf;
  private final Precision precision;
  private final @Nullable CustomGradients onCpu;
  private final Map<Output<?>, Operand<TFloat32>> transposes = new HashMap<>();

  Products(Ops tf, Precision precision, @Nullable CustomGradients onCpu) {
    this.tf = tf;
    this.precision = precision;
    this.onCpu = onCpu;
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
    return onCpu != null
            && precision == Precision.FLOAT32
            && a.shape().get(0) >= WORTH_TRANSPOSING
            && matrix.shape().get(1) % CACHE_CONFLICT == 0
        ? matMulByTransposed(a, matrix, onCpu)
        : product(a, matrix, tf.linalg::matMul);
  }

  /**
   * a W as a (W^T)^T, with W^T computed once a step. Matrix kernels read W by columns: where its
   * rows are a multiple of 2 KiB apart these reads fall on few sets of a processor's first cache,
   * and the product takes up to three times as long. Back, the gradient at a reads W by rows.
   *
   * <p>It takes {@link Sessions} to keep it so: TensorFlow's arithmetic optimiser would undo it.
   */
  private Operand<TFloat32> matMulByTransposed(
      Operand<TFloat32> a, Operand<TFloat32> matrix, CustomGradients custom) {
    Operand<TFloat32> transposed = transposed(matrix);
    return custom
        .apply(
            tf,
            List.of(a, matrix),
            (ops, factors) ->
                new CustomFunction.Value<>(
                    List.of(ops.linalg.matMul(factors.get(0), transposed, MatMul.transposeB(true))),
                    (back, gradients) ->
                        List.of(
                            back.linalg.matMul(
                                gradients.get(0), factors.get(1), MatMul.transposeB(true)),
                            back.linalg.matMul(
                                factors.get(0), gradients.get(0), MatMul.transposeA(true)))))
        .get(0);
  }

  /** W^T, one for W and for W without a gradient. */
  private Operand<TFloat32> transposed(Operand<TFloat32> matrix) {
    GraphOperation operation = (GraphOperation) matrix.op();
    Output<?> read =
        operation.type().equals(StopGradient.OP_NAME) ? operation.input(0) : matrix.asOutput();
    return transposes.computeIfAbsent(
        read, any -> tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0})));
  }

  private Operand<TFloat32> matMulTransposed(Operand<TFloat32> a, Operand<TFloat32> matrix) {
    return product(
        a,
        matrix,
        new Product() {
          @Override
          public <T extends TNumber> Operand<T> of(Operand<T> x, Operand<T> m) {
            return tf.linalg.matMul(x, m, MatMul.transposeB(true));
          }
        });
  }

  /** {@link dev.idem.api.algebra.NetworkAlgebra#conv2d}. */
  Operand<TFloat32> conv2d(Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    requireConvolution("conv2d", a, kernel, 2, stride, padding);
    int height = Math.toIntExact(kernel.shape().get(0));
    int width = Math.toIntExact(kernel.shape().get(1));
    if (padding == 0 && a.shape().get(1) == height && a.shape().get(2) == width) {
      return covering(a, kernel);
    }
    boolean same =
        isSame(a.shape().get(1), height, stride, padding)
            && isSame(a.shape().get(2), width, stride, padding);
    Operand<TFloat32> padded = a;
    if (padding > 0 && !same) {
      // Apart from the convolution, whose own explicit padding has no gradient here.
      int[][] paddings = {{0, 0}, {padding, padding}, {padding, padding}, {0, 0}};
      padded = tf.pad(a, tf.constant(paddings), tf.constant(0f));
    }
    if (height == 1 && width == 1 && stride > 1) {
      return convolution(everyNth(padded, stride), kernel, 1, false);
    }
    return convolution(padded, kernel, stride, same);
  }

  private Operand<TFloat32> convolution(
      Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, boolean same) {
    return product(
        a,
        kernel,
        new Product() {
          @Override
          public <T extends TNumber> Operand<T> of(Operand<T> x, Operand<T> k) {
            return tf.nn.conv2d(x, k, strides(stride), same ? "SAME" : "VALID");
          }
        });
  }

  /**
   * The pixels that a 1 x 1 kernel reads, so that it can be applied with stride 1. With a larger
   * stride and fewer than 16 channels, the gradient with respect to such a kernel is wrong on CPUs:
   * oneDNN writes beyond its workspace (its issue 6035).
   */
  private Operand<TFloat32> everyNth(Operand<TFloat32> a, int stride) {
    int[] zeros = new int[4];
    int[] strides = {1, stride, stride, 1};
    return tf.stridedSlice(
        a,
        tf.constant(zeros),
        tf.constant(zeros),
        tf.constant(strides),
        StridedSlice.beginMask(WHOLE),
        StridedSlice.endMask(WHOLE));
  }

  /** The transpose of {@link #everyNth}: {@code stride - 1} zeros after each pixel. */
  private Operand<TFloat32> spread(Operand<TFloat32> a, int stride) {
    org.tensorflow.ndarray.Shape shape = a.shape();
    int channels = Math.toIntExact(shape.get(3));
    int[][] zeros = {{0, 0}, {0, stride - 1}, {0, 0}, {0, (stride - 1) * channels}};
    Operand<TFloat32> rows = reshape(a, -1, 1, shape.get(2), channels);
    Operand<TFloat32> spread = tf.pad(rows, tf.constant(zeros), tf.constant(0f));
    return reshape(spread, batch(a), shape.get(1) * stride, shape.get(2) * stride, channels);
  }

  /**
   * A convolution by a kernel of its image's size, which gives one place: a product of matrices.
   * TensorFlow's kernels for it and its transpose take the samples one at a time, and need some
   * fifty times as long on a CPU.
   */
  private Operand<TFloat32> covering(Operand<TFloat32> a, Operand<TFloat32> kernel) {
    long out = kernel.shape().get(3);
    long in = kernel.shape().size() / out;
    return reshape(matMul(reshape(a, -1, in), reshape(kernel, in, out)), batch(a), 1, 1, out);
  }

  /** The transpose of {@link #covering}, from one place to an image of the kernel's size. */
  private Operand<TFloat32> coveringTransposed(Operand<TFloat32> a, Operand<TFloat32> kernel) {
    org.tensorflow.ndarray.Shape shape = kernel.shape();
    long in = shape.get(3);
    Operand<TFloat32> product =
        matMulTransposed(reshape(a, -1, in), reshape(kernel, shape.size() / in, in));
    return reshape(product, batch(a), shape.get(0), shape.get(1), shape.get(2));
  }

  /**
   * Whether {@code padding} on both sides of an axis is what TensorFlow's SAME adds there, so that
   * nothing need be padded or cut apart from the convolution.
   *
   * @param size of the image that is convolved
   */
  private static boolean isSame(long size, int kernel, int stride, int padding) {
    long places = (size + stride - 1) / stride;
    return padding > 0 && (places - 1) * stride + kernel - size == 2L * padding;
  }

  /** {@link dev.idem.api.algebra.NetworkAlgebra#conv2dTranspose}. */
  Operand<TFloat32> conv2dTranspose(
      Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    requireConvolution("conv2dTranspose", a, kernel, 3, stride, padding);
    if (padding == 0 && a.shape().get(1) == 1 && a.shape().get(2) == 1) {
      return coveringTransposed(a, kernel);
    }
    int fullHeight = transposedSize(a.shape().get(1), kernel.shape().get(0), stride);
    int fullWidth = transposedSize(a.shape().get(2), kernel.shape().get(1), stride);
    int height = fullHeight - 2 * padding;
    int width = fullWidth - 2 * padding;
    int channels = Math.toIntExact(kernel.shape().get(2));
    boolean same =
        isSame(height, Math.toIntExact(kernel.shape().get(0)), stride, padding)
            && isSame(width, Math.toIntExact(kernel.shape().get(1)), stride, padding);
    if (same) {
      return transposed(a, kernel, stride, true, batchThen(a, height, width, channels));
    }
    boolean pointwise = kernel.shape().get(0) == 1 && kernel.shape().get(1) == 1 && stride > 1;
    Operand<TFloat32> full =
        pointwise
            ? spread(conv2dTranspose(a, kernel, 1, 0), stride)
            : transposed(a, kernel, stride, false, batchThen(a, fullHeight, fullWidth, channels));
    if (padding == 0 && !pointwise) {
      return full;
    }
    int[] begin = {0, padding, padding, 0};
    int[] size = {-1, height, width, channels};
    return tf.slice(full, tf.constant(begin), tf.constant(size));
  }

  private Operand<TFloat32> transposed(
      Operand<TFloat32> a,
      Operand<TFloat32> kernel,
      int stride,
      boolean same,
      Operand<TInt32> sizes) {
    return product(
        a,
        kernel,
        new Product() {
          @Override
          public <T extends TNumber> Operand<T> of(Operand<T> y, Operand<T> k) {
            return tf.nn.conv2dBackpropInput(sizes, k, y, strides(stride), same ? "SAME" : "VALID");
          }
        });
  }

  private Operand<TFloat32> reshape(Operand<TFloat32> a, long... dimensions) {
    return tf.reshape(a, tf.constant(dimensions));
  }

  /** The batch size, -1 if it is not known: a dimension to reshape to. */
  private static long batch(Operand<TFloat32> a) {
    return a.shape().get(0);
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
