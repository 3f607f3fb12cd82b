package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.tf.tape.GradientTape;
import java.util.ArrayList;
import java.util.List;
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
import org.tensorflow.types.TFloat32;

/** Products in bfloat16 and their gradients against the same in float32. */
class ProductsInBfloat16Test {

  /** What rounding to 8 significant bits changes at most, relatively: half of the last bit. */
  private static final double ROUNDING = 0x1p-8;

  /** A product of two tensors. */
  private interface Product {
    <T> T of(T a, T b, NetworkAlgebra<T> ops);
  }

  private static final Product MATRICES =
      new Product() {
        @Override
        public <T> T of(T a, T b, NetworkAlgebra<T> ops) {
          return ops.matMul(a, b);
        }
      };

  static Stream<Arguments> products() {
    Product conv2d =
        new Product() {
          @Override
          public <T> T of(T a, T b, NetworkAlgebra<T> ops) {
            return ops.conv2d(a, b, 2, 1);
          }
        };
    Product conv2dTranspose =
        new Product() {
          @Override
          public <T> T of(T a, T b, NetworkAlgebra<T> ops) {
            return ops.conv2dTranspose(a, b, 2, 1);
          }
        };
    return Stream.of(
        Arguments.of("matMul", MATRICES, Shape.of(16, 24), Shape.of(24, 12), Shape.of(16, 12)),
        Arguments.of(
            "conv2d", conv2d, Shape.of(4, 8, 6, 3), Shape.of(4, 4, 3, 5), Shape.of(4, 4, 3, 5)),
        Arguments.of(
            "conv2dTranspose",
            conv2dTranspose,
            Shape.of(4, 4, 3, 5),
            Shape.of(4, 4, 3, 5),
            Shape.of(4, 8, 6, 3)));
  }

  /**
   * Sums in float32 of which three things are rounded, two factors and the result: 3 / 256. Where
   * TensorFlow takes Eigen's convolutions and not oneDNN's, as on processors without AVX-512, sums
   * are in bfloat16 too, in blocks: twice what was seen then, 0.033. As norms, since a sum that
   * cancels has no relative accuracy.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("products")
  void valueAndGradientsAreThoseOfSinglePrecisionUpToRounding(
      String name, Product product, Shape a, Shape b, Shape y) {
    List<float[]> drawn = List.of(drawn(a, "a"), drawn(b, "b"), drawn(y, "gradient"));
    List<float[]> single = computed(product, List.of(a, b, y), drawn, Precision.FLOAT32);
    List<float[]> mixed = computed(product, List.of(a, b, y), drawn, Precision.MIXED_BFLOAT16);
    for (int i = 0; i < single.size(); i++) {
      double difference = norm(mixed.get(i), single.get(i)) / norm(single.get(i), new float[0]);
      double bound = name.equals("matMul") ? 3 * ROUNDING : 0.066;
      assertThat(difference).as("%s, %s", name, i).isBetween(ROUNDING / 16, bound);
    }
  }

  /** Numbers of 8 bits lose nothing on the way in: what is left is the rounding of the result. */
  @Test
  void ofFactorsThatAreExactOnlyTheProductIsRounded() {
    List<Shape> shapes = List.of(Shape.of(16, 24), Shape.of(24, 12), Shape.of(16, 12));
    List<float[]> whole = new ArrayList<>();
    shapes.forEach(shape -> whole.add(whole(shape)));
    List<float[]> single = computed(MATRICES, shapes, whole, Precision.FLOAT32);
    List<float[]> mixed = computed(MATRICES, shapes, whole, Precision.MIXED_BFLOAT16);
    for (int i = 0; i < single.size(); i++) {
      for (int j = 0; j < single.get(i).length; j++) {
        double expected = single.get(i)[j];
        assertThat((double) mixed.get(i)[j])
            .as("%s[%s]", i, j)
            .isCloseTo(expected, within(ROUNDING * Math.abs(expected)));
      }
    }
  }

  /** The product, then the gradients at its factors. */
  private static List<float[]> computed(
      Product product, List<Shape> shapes, List<float[]> values, Precision precision) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> operands = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        operands.add(
            tf.identity(
                tf.constant(
                    org.tensorflow.ndarray.Shape.of(shapes.get(i).toLongArray()),
                    DataBuffers.of(values.get(i)))));
      }
      List<Operand<TFloat32>> factors = operands.subList(0, 2);
      Operand<TFloat32> value =
          product.of(factors.get(0), factors.get(1), new TensorFlowAlgebra(tf, precision, null));
      var gradients =
          new GradientTape(tf).gradient(List.of(value), factors, List.of(operands.get(2)));
      try (Result result =
          session.runner().fetch(value).fetch(gradients.get(0)).fetch(gradients.get(1)).run()) {
        return List.of(elements(result, 0), elements(result, 1), elements(result, 2));
      }
    }
  }

  private static float[] elements(Result result, int index) {
    TFloat32 tensor = (TFloat32) result.get(index);
    float[] elements = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(elements);
    return elements;
  }

  private static float[] drawn(Shape shape, String name) {
    RandomGenerator random = RandomStreams.stream(11, name, 0);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] whole(Shape shape) {
    float[] values = drawn(shape, "whole");
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(4 * values[i]);
    }
    return values;
  }

  private static double norm(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - (i < b.length ? b[i] : 0.0);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
