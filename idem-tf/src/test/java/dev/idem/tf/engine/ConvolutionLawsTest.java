package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceGradients;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.tf.tape.GradientTape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Convolutions of any geometry, whichever of TensorFlow's operations computes them: values and both
 * gradients against the double-precision reference, with known and unknown batch sizes.
 */
final class ConvolutionLawsTest {

  private static final int BATCH = 3;
  private static final int IN = 2;
  private static final int OUT = 4;

  /** A geometry: the image's size before a convolution, or after a transposed one. */
  private record Geometry(
      int height, int width, int kernelHeight, int kernelWidth, int stride, int padding) {

    private static int places(int size, int kernel, int stride, int padding) {
      int room = size + 2 * padding - kernel;
      return room < 0 ? 0 : room / stride + 1;
    }

    Shape image(int channels) {
      return Shape.of(BATCH, height, width, channels);
    }

    Shape kernel(int large, int small) {
      return Shape.of(kernelHeight, kernelWidth, large, small);
    }

    boolean convolves() {
      return places(height, kernelHeight, stride, padding) > 0
          && places(width, kernelWidth, stride, padding) > 0;
    }

    boolean transposes() {
      return (height - 1) * stride + kernelHeight > 2 * padding
          && (width - 1) * stride + kernelWidth > 2 * padding;
    }
  }

  @Property(tries = 60)
  void convolutionsAgreeWithTheReference(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 5) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 5) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding) {
    Geometry geometry = new Geometry(height, width, kernelHeight, kernelWidth, stride, padding);
    Assume.that(geometry.convolves());
    assertConvolution(geometry);
  }

  @Property(tries = 60)
  void transposedConvolutionsAgreeWithTheReference(
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll @IntRange(min = 1, max = 5) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 5) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding) {
    Geometry geometry = new Geometry(height, width, kernelHeight, kernelWidth, stride, padding);
    Assume.that(geometry.transposes());
    assertTransposed(geometry);
  }

  /** The layers of the networks that idem comes with, each of whose geometries has its own way. */
  @Example
  void theGeometriesOfDcganAgreeWithTheReference() {
    assertConvolution(new Geometry(8, 8, 4, 4, 2, 1));
    assertConvolution(new Geometry(7, 7, 3, 3, 2, 1));
    assertConvolution(new Geometry(4, 4, 4, 4, 1, 0));
    assertTransposed(new Geometry(1, 1, 4, 4, 1, 0));
    assertTransposed(new Geometry(4, 4, 3, 3, 2, 1));
    assertTransposed(new Geometry(7, 7, 4, 4, 2, 1));
  }

  /** The tape refuses TensorFlow's own gradient at such a kernel, which is wrong on CPUs. */
  @Example
  void pointwiseKernelsAgreeWithTheReferenceAtAnyStride() {
    assertConvolution(new Geometry(8, 8, 1, 1, 2, 0));
    assertConvolution(new Geometry(2, 7, 1, 1, 3, 2));
    assertTransposed(new Geometry(4, 4, 1, 1, 2, 0));
    assertTransposed(new Geometry(3, 2, 1, 1, 3, 1));
    assertTransposed(new Geometry(1, 1, 1, 1, 2, 0));
  }

  private static void assertConvolution(Geometry of) {
    assertAgreement(
        new Convolution() {
          @Override
          public <T> T apply(T a, T kernel, NetworkAlgebra<T> ops) {
            return ops.conv2d(a, kernel, of.stride(), of.padding());
          }
        },
        of.image(IN),
        of.kernel(IN, OUT));
  }

  private static void assertTransposed(Geometry of) {
    assertAgreement(
        new Convolution() {
          @Override
          public <T> T apply(T a, T kernel, NetworkAlgebra<T> ops) {
            return ops.conv2dTranspose(a, kernel, of.stride(), of.padding());
          }
        },
        of.image(OUT),
        of.kernel(IN, OUT));
  }

  private interface Convolution {
    <T> T apply(T a, T kernel, NetworkAlgebra<T> ops);
  }

  private static void assertAgreement(Convolution convolution, Shape image, Shape kernel) {
    List<ReferenceTensor> inputs = List.of(drawn(image, "image"), drawn(kernel, "kernel"));
    ReferenceTensor expected =
        convolution.apply(inputs.get(0), inputs.get(1), new ReferenceAlgebra());
    ReferenceTensor outputGradient = drawn(expected.shape(), "gradient");
    List<double[]> gradients =
        ReferenceGradients.of(List.of(new OutputGradient<>(expected, outputGradient)), inputs);
    for (boolean knownBatch : new boolean[] {true, false}) {
      try (Graph graph = new Graph();
          Session session = new Session(graph);
          TFloat32 fed = Rows.tensor(inputs.get(0).values(), tensorShape(image))) {
        Ops tf = Ops.create(graph);
        long[] dimensions = image.toLongArray();
        dimensions[0] = knownBatch ? BATCH : -1;
        Placeholder<TFloat32> a =
            tf.placeholder(
                TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.of(dimensions)));
        Operand<TFloat32> k = tf.identity(constant(tf, inputs.get(1)));
        Operand<TFloat32> value = convolution.apply(a, k, new TensorFlowAlgebra(tf));
        dimensions = expected.shape().toLongArray();
        dimensions[0] = knownBatch ? BATCH : -1;
        assertThat(value.shape().asArray()).isEqualTo(dimensions);
        List<Output<TFloat32>> found =
            new GradientTape(tf)
                .gradient(List.of(value), List.of(a, k), List.of(constant(tf, outputGradient)));
        try (Result result =
            session
                .runner()
                .feed(a, fed)
                .fetch(value)
                .fetch(found.get(0))
                .fetch(found.get(1))
                .run()) {
          assertClose(result, 0, expected.values());
          assertClose(result, 1, gradients.get(0));
          assertClose(result, 2, gradients.get(1));
        }
      }
    }
  }

  private static void assertClose(Result result, int index, double[] expected) {
    double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(1));
    assertThat(Rows.doubles((TFloat32) result.get(index)))
        .as("%s", index)
        .containsExactly(expected, within(1e-5 * scale));
  }

  private static org.tensorflow.ndarray.Shape tensorShape(Shape shape) {
    return org.tensorflow.ndarray.Shape.of(shape.toLongArray());
  }

  private static Operand<TFloat32> constant(Ops tf, ReferenceTensor tensor) {
    double[] wide = tensor.values();
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return tf.constant(tensorShape(tensor.shape()), DataBuffers.of(values));
  }

  private static ReferenceTensor drawn(Shape shape, String name) {
    RandomGenerator random = RandomStreams.stream(7, name, 0);
    double[] values = new double[shape.size()];
    Arrays.setAll(values, i -> (double) (float) random.nextGaussian());
    return ReferenceTensor.of(shape, values);
  }
}
