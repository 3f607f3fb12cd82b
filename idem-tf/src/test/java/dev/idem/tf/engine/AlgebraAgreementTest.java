package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceGradients;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.tf.tape.GradientTape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Each operation's value and gradient, TensorFlow against the double-precision reference. */
class AlgebraAgreementTest {

  /** An operation on two tensors, for any algebra. */
  private interface Operation {
    <T> T apply(T a, T b, NetworkAlgebra<T> ops);
  }

  private abstract static class Named implements Operation {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Shape MATRIX = Shape.of(3, 4);

  static Stream<Arguments> operations() {
    Map<Operation, List<Shape>> operations = new LinkedHashMap<>();
    operations.put(
        new Named("add, subtract, multiply, divide") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.divide(
                ops.multiply(ops.add(a, b), ops.subtract(a, b)), ops.add(ops.square(b), 1));
          }
        },
        List.of(MATRIX, MATRIX));
    operations.put(
        new Named("sqrt, abs, tanh") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.multiply(ops.sqrt(ops.add(ops.abs(a), 0.1)), ops.tanh(b));
          }
        },
        List.of(MATRIX, MATRIX));
    operations.put(
        new Named("minimum, maximum") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.add(ops.minimum(a, 0.3), ops.maximum(b, -0.2));
          }
        },
        List.of(MATRIX, MATRIX));
    operations.put(
        new Named("sum, mean, multiplyPerSample, sumPerSample") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            T scaled = ops.multiplyPerSample(a, ops.sumPerSample(ops.square(b)));
            return ops.multiply(ops.sum(scaled), ops.mean(ops.multiply(a, b)));
          }
        },
        List.of(MATRIX, MATRIX));
    for (Shape shape : List.of(MATRIX, Shape.of(3, 2, 2), Shape.of(3, 2, 2, 3))) {
      operations.put(
          new Named("slice of " + shape) {
            @Override
            public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
              return ops.multiply(ops.slice(a, 1, 4), ops.square(ops.slice(b, 0, 3)));
            }
          },
          List.of(shape, shape));
      operations.put(
          new Named("concat of " + shape) {
            @Override
            public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
              return ops.concat(ops.square(a), ops.concat(b, ops.slice(a, 1, 2)));
            }
          },
          List.of(shape, Shape.of(3, 5)));
      operations.put(
          new Named("logSoftmax of " + shape) {
            @Override
            public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
              return ops.multiply(ops.logSoftmax(ops.multiply(a, 3)), b);
            }
          },
          List.of(shape, shape));
    }
    operations.put(
        new Named("stopGradient") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.multiply(ops.stopGradient(ops.square(a)), ops.multiply(a, b));
          }
        },
        List.of(MATRIX, MATRIX));
    operations.put(
        new Named("matMul, addBias, reshape") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.reshape(ops.matMul(a, b), Shape.of(5, 1));
          }
        },
        List.of(MATRIX, Shape.of(4, 5)));
    operations.put(
        new Named("addBias") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.square(ops.addBias(a, b));
          }
        },
        List.of(Shape.of(2, 3, 3, 4), Shape.of(4)));
    operations.put(
        new Named("channelMean") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.scaleChannels(ops.addBias(a, b), ops.channelMean(ops.square(a)));
          }
        },
        List.of(Shape.of(2, 3, 3, 4), Shape.of(4)));
    operations.put(
        new Named("scaleChannels") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.square(ops.scaleChannels(a, b));
          }
        },
        List.of(Shape.of(2, 3, 3, 4), Shape.of(4)));
    for (int groups : new int[] {1, 2, 4}) {
      operations.put(
          new Named("normalizeGroups " + groups) {
            @Override
            public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
              return ops.multiply(ops.normalizeGroups(a, groups, 1e-5), b);
            }
          },
          List.of(Shape.of(2, 3, 2, 4), Shape.of(2, 3, 2, 4)));
    }
    for (int[] setting : new int[][] {{1, 0}, {1, 1}, {2, 0}, {2, 1}}) {
      operations.put(
          new Named("conv2d stride %s padding %s".formatted(setting[0], setting[1])) {
            @Override
            public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
              return ops.conv2d(a, b, setting[0], setting[1]);
            }
          },
          List.of(Shape.of(2, 7, 6, 3), Shape.of(3, 2, 3, 4)));
      operations.put(
          new Named("conv2dTranspose stride %s padding %s".formatted(setting[0], setting[1])) {
            @Override
            public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
              return ops.conv2dTranspose(a, b, setting[0], setting[1]);
            }
          },
          List.of(Shape.of(2, 4, 5, 3), Shape.of(4, 3, 2, 3)));
    }
    operations.put(
        new Named("round") {
          @Override
          public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
            return ops.multiply(ops.round(ops.multiply(a, 3)), b);
          }
        },
        List.of(MATRIX, MATRIX));
    for (Activation activation : Activation.values()) {
      operations.put(
          new Named("activate " + activation.label()) {
            @Override
            public <T> T apply(T a, T b, NetworkAlgebra<T> ops) {
              return ops.multiply(ops.activate(a, activation), b);
            }
          },
          List.of(MATRIX, MATRIX));
    }
    return operations.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void valueAndGradientAgreeWithTheReference(Operation operation, List<Shape> shapes) {
    List<ReferenceTensor> inputs = List.of(drawn(shapes.get(0), "a"), drawn(shapes.get(1), "b"));
    ReferenceTensor expected =
        operation.apply(inputs.get(0), inputs.get(1), new ReferenceAlgebra());
    ReferenceTensor outputGradient = drawn(expected.shape(), "seed");
    List<double[]> gradients =
        ReferenceGradients.of(List.of(new OutputGradient<>(expected, outputGradient)), inputs);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> operands = new ArrayList<>();
      inputs.forEach(input -> operands.add(tf.identity(constant(tf, input))));
      Operand<TFloat32> value =
          operation.apply(operands.get(0), operands.get(1), new TensorFlowAlgebra(tf));
      var found =
          new GradientTape(tf)
              .gradient(List.of(value), operands, List.of(constant(tf, outputGradient)));
      try (Result result =
          session.runner().fetch(value).fetch(found.get(0)).fetch(found.get(1)).run()) {
        assertClose(result, 0, expected.values());
        assertThat(result.get(0).shape().asArray()).isEqualTo(expected.shape().toLongArray());
        assertClose(result, 1, gradients.get(0));
        assertClose(result, 2, gradients.get(1));
      }
    }
  }

  private static void assertClose(Result result, int index, double[] expected) {
    float[] actual = new float[expected.length];
    ((TFloat32) result.get(index)).asRawTensor().data().asFloats().read(actual);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%s]", index, i)
          .isCloseTo(expected[i], within(2e-5 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  private static Operand<TFloat32> constant(Ops tf, ReferenceTensor tensor) {
    float[] values = new float[tensor.values().length];
    double[] wide = tensor.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return tf.constant(
        org.tensorflow.ndarray.Shape.of(tensor.shape().toLongArray()), DataBuffers.of(values));
  }

  private static ReferenceTensor drawn(Shape shape, String name) {
    RandomGenerator random = RandomStreams.stream(7, name, 0);
    double[] values = new double[shape.size()];
    Arrays.setAll(values, i -> (double) (float) random.nextGaussian());
    return ReferenceTensor.of(shape, values);
  }

  @Test
  void logSoftmaxOfLargeAndSmallNumbersIsFinite() {
    ReferenceTensor large = ReferenceTensor.of(Shape.of(1, 3), 1e4, 0, -1e4);
    assertThat(new ReferenceAlgebra().logSoftmax(large).values()).containsExactly(0, -1e4, -2e4);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> value = new TensorFlowAlgebra(tf).logSoftmax(constant(tf, large));
      try (Result result = session.runner().fetch(value).run()) {
        assertClose(result, 0, new double[] {0, -1e4, -2e4});
      }
    }
  }

  @Test
  void roundingIsExactAndOfTiesToTheEvenNumber() {
    float[] values = {-2.5f, -1.5f, -0.5f, -0.3f, 0.5f, 0.7f, 1.5f, 2.49f, 2.5f, 1234.7f};
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> rounded = new TensorFlowAlgebra(tf).round(tf.constant(values));
      try (Result result = session.runner().fetch(rounded).run()) {
        float[] found = new float[values.length];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(found);
        for (int i = 0; i < values.length; i++) {
          assertThat((double) found[i]).as("%s", values[i]).isEqualTo(Math.rint(values[i]));
        }
      }
    }
  }

  @Test
  void newShapesAreKnownWhenTheBatchSizeIsNot() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      TensorFlowAlgebra ops = new TensorFlowAlgebra(tf);
      Operand<TFloat32> rows =
          tf.placeholder(
              TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.of(-1, 2, 3)));
      assertThat(ops.sampleShape(ops.slice(rows, 1, 5))).isEqualTo(Shape.of(4));
      assertThat(ops.sampleShape(ops.concat(rows, rows))).isEqualTo(Shape.of(12));
      assertThat(ops.sampleShape(ops.logSoftmax(rows))).isEqualTo(Shape.of(2, 3));
    }
  }

  @Test
  void nothingIsBroadcastSilently() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      TensorFlowAlgebra ops = new TensorFlowAlgebra(tf);
      Operand<TFloat32> matrix = tf.constant(new float[2][3]);
      Operand<TFloat32> row = tf.constant(new float[1][3]);
      assertThatThrownBy(() -> ops.add(matrix, row))
          .hasMessageContaining("add needs equal shapes, not [2, 3] and [1, 3]");
      assertThatThrownBy(() -> ops.multiplyPerSample(matrix, tf.constant(new float[3])))
          .hasMessageContaining("factors of shape [2], not [3]");
      assertThatThrownBy(() -> ops.matMul(matrix, row)).hasMessageContaining("cannot multiply");
      assertThatThrownBy(() -> ops.concat(matrix, row))
          .hasMessage("concat needs as many samples of each, not [2, 3] and [1, 3]");
      assertThatThrownBy(() -> ops.slice(matrix, 1, 4))
          .hasMessage("slice from 1 to 4 must be within the 3 elements of a sample of [2, 3]");
      assertThatThrownBy(() -> ops.logSoftmax(tf.constant(new float[3])))
          .hasMessage("logSoftmax needs samples of classes, not [3]");
      assertThatThrownBy(() -> ops.conv2d(matrix, row, 1, 0))
          .hasMessageContaining("cannot apply kernel");
    }
  }
}
