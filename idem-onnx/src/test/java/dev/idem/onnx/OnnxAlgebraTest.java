package dev.idem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceTensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation by ONNX Runtime, against the reference. */
class OnnxAlgebraTest {

  private static final Shape IMAGE = Shape.of(5, 5, 4);

  @TempDir private Path folder;

  /** What is compared, for any algebra; x [batch, 5, 5, 4]. */
  private abstract static class Expression {

    private final String name;

    Expression(String name) {
      this.name = name;
    }

    abstract <T> T of(T x, NetworkAlgebra<T> ops);

    @Override
    public String toString() {
      return name;
    }
  }

  /** The same on the outcome of a convolution, which stays in ONNX's layout. */
  private static Expression convolved(Expression of) {
    return new Expression(of + ", after a convolution") {
      @Override
      <T> T of(T x, NetworkAlgebra<T> ops) {
        T kernel = ops.constant(Shape.of(3, 3, 4, 4), OnnxAgreement.normal("kernel", 144, 0.2));
        return of.of(ops.conv2d(x, kernel, 1, 1), ops);
      }
    };
  }

  static Stream<Expression> expressions() {
    List<Expression> expressions = new ArrayList<>();
    for (Expression expression : ofImages()) {
      expressions.add(expression);
      expressions.add(convolved(expression));
    }
    return expressions.stream();
  }

  private static List<Expression> ofImages() {
    List<Expression> expressions = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      expressions.add(
          new Expression(activation.label()) {
            @Override
            <T> T of(T x, NetworkAlgebra<T> ops) {
              return ops.activate(x, activation);
            }
          });
    }
    expressions.add(
        new Expression("arithmetic") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            T y = ops.multiply(ops.add(x, 0.5), ops.subtract(x, ops.tanh(x)));
            return ops.divide(ops.add(y, x), ops.sqrt(ops.add(ops.abs(ops.square(x)), 1)));
          }
        });
    expressions.add(
        new Expression("bounds") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            return ops.stopGradient(ops.maximum(ops.minimum(x, 0.3), -0.4));
          }
        });
    expressions.add(
        new Expression("round") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            return ops.round(ops.multiply(x, 3));
          }
        });
    expressions.add(
        new Expression("sum") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            return ops.sum(ops.square(x));
          }
        });
    expressions.add(
        new Expression("mean") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            return ops.mean(ops.square(x));
          }
        });
    expressions.add(
        new Expression("per sample") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            T sums = ops.sumPerSample(ops.abs(x));
            return ops.multiplyPerSample(x, ops.sumPerSample(sums));
          }
        });
    expressions.add(
        new Expression("per channel") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            T shifted = ops.addBias(x, ops.constant(Shape.of(4), 1, -2, 3, -4));
            return ops.scaleChannels(shifted, ops.channelMean(x));
          }
        });
    expressions.add(
        new Expression("groups") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            return ops.normalizeGroups(ops.multiply(x, 0.01), 2, 1e-5);
          }
        });
    expressions.add(
        new Expression("rows") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            T swapped = ops.concat(ops.slice(x, 40, 100), ops.slice(x, 0, 40));
            T matrix = ops.constant(Shape.of(100, 12), OnnxAgreement.normal("matrix", 1200, 0.1));
            T product = ops.matMul(ops.reshape(swapped, Shape.of(100)), matrix);
            return ops.logSoftmax(ops.reshape(product, Shape.of(2, 2, 3)));
          }
        });
    expressions.add(
        new Expression("both layouts at once") {
          @Override
          <T> T of(T x, NetworkAlgebra<T> ops) {
            T kernel = ops.constant(Shape.of(1, 1, 4, 4), OnnxAgreement.normal("kernel", 16, 0.5));
            T y = ops.conv2d(x, kernel, 1, 0);
            return ops.add(ops.subtract(x, y), ops.multiply(y, x));
          }
        });
    for (int stride : new int[] {1, 2, 3}) {
      for (int padding : new int[] {0, 1}) {
        expressions.add(
            new Expression("convolutions, stride " + stride + ", padding " + padding) {
              @Override
              <T> T of(T x, NetworkAlgebra<T> ops) {
                double[] values = OnnxAgreement.normal("kernel", 2 * 3 * 4 * 7, 0.2);
                T kernel = ops.constant(Shape.of(2, 3, 4, 7), values);
                T small = ops.conv2d(x, kernel, stride, padding);
                return ops.conv2dTranspose(small, kernel, stride, padding);
              }
            });
      }
    }
    return expressions;
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void agreesWithTheReference(Expression expression) throws Exception {
    OnnxGraph graph = new OnnxGraph(expression.toString());
    OnnxAlgebra ops = new OnnxAlgebra(graph);
    graph.output(ops.rows(expression.of(graph.input(IMAGE), ops)));
    Path file = Files.write(folder.resolve("expression.onnx"), graph.model().toByteArray());
    for (OptLevel level : List.of(OptLevel.NO_OPT, OptLevel.ALL_OPT)) {
      try (OnnxFunction function = new OnnxFunction(file, level)) {
        for (int batch : new int[] {1, 3}) {
          Shape shape = IMAGE.batched(batch);
          double[] x = OnnxAgreement.normal("x", shape.size(), 1);
          double[] expected =
              expression.of(ReferenceTensor.of(shape, x), new ReferenceAlgebra()).values();
          float[] actual = function.apply(OnnxAgreement.narrowed(x), shape.toLongArray());
          assertThat(OnnxAgreement.difference(actual, expected)).isLessThan(OnnxAgreement.ALLOWED);
        }
      }
    }
  }

  @Test
  void halvesAreRoundedToTheEvenNumber() throws Exception {
    OnnxGraph graph = new OnnxGraph("round");
    graph.output(new OnnxAlgebra(graph).round(graph.input(Shape.of(6))));
    Path file = Files.write(folder.resolve("round.onnx"), graph.model().toByteArray());
    try (OnnxFunction function = new OnnxFunction(file, OptLevel.ALL_OPT)) {
      assertThat(function.apply(new float[] {-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f}, 1, 6))
          .containsExactly(-2, -2, -0f, 0, 2, 2);
    }
  }

  /** An operation that is added to the algebra has to be added to the expressions. */
  @Test
  @SuppressWarnings("unchecked") // the proxy is of the algebra's own interface
  void expressionsUseEveryOperation() {
    Set<String> used = new TreeSet<>(Set.of("batchSize", "sampleShape"));
    ReferenceAlgebra reference = new ReferenceAlgebra();
    NetworkAlgebra<ReferenceTensor> recorded =
        (NetworkAlgebra<ReferenceTensor>)
            Proxy.newProxyInstance(
                NetworkAlgebra.class.getClassLoader(),
                new Class<?>[] {NetworkAlgebra.class},
                (proxy, method, arguments) -> {
                  used.add(method.getName());
                  try {
                    return method.invoke(reference, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    Shape shape = IMAGE.batched(1);
    ReferenceTensor x = ReferenceTensor.of(shape, new double[shape.size()]);
    ofImages().forEach(expression -> expression.of(x, recorded));
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(NetworkAlgebra.class.getMethods())
                .map(Method::getName)
                .collect(Collectors.toSet()));
  }

  @Test
  void equalNodesAndConstantsAreOne() {
    OnnxGraph graph = new OnnxGraph("twice");
    OnnxAlgebra ops = new OnnxAlgebra(graph);
    OnnxValue x = graph.input(Shape.of(3));
    OnnxValue y = ops.add(x, 2);
    assertThat(ops.add(x, 2)).isEqualTo(y);
    assertThat(ops.add(x, 3)).isNotEqualTo(y);
    assertThat(graph.model().getGraph().getInitializerCount()).isEqualTo(2);
  }

  @Test
  void convolutionsInARowAreTransposedOnceEachWay() {
    OnnxGraph graph = new OnnxGraph("convolutions");
    OnnxAlgebra ops = new OnnxAlgebra(graph);
    OnnxValue kernel = ops.constant(Shape.of(1, 1, 4, 4), new double[16]);
    OnnxValue bias = ops.constant(Shape.of(4), 1, 2, 3, 4);
    OnnxValue y = graph.input(IMAGE);
    for (int i = 0; i < 3; i++) {
      y = ops.activate(ops.addBias(ops.conv2d(y, kernel, 1, 0), bias), Activation.RELU);
    }
    graph.output(ops.rows(y));
    assertThat(graph.model().getGraph().getNodeList())
        .filteredOn(node -> node.getOpType().equals("Transpose"))
        .as("the input, the kernel, the output")
        .hasSize(3);
  }

  @Test
  void batchSizeIsNotKnown() {
    OnnxGraph graph = new OnnxGraph("batch");
    OnnxAlgebra ops = new OnnxAlgebra(graph);
    OnnxValue x = graph.input(IMAGE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ops.batchSize(x))
        .withMessage(
            "batchSize of [batch, 5, 5, 4] is not known in an ONNX graph, which is for batches of any size");
    assertThat(ops.batchSize(ops.constant(Shape.of(2, 3), new double[6]))).isEqualTo(2);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    OnnxGraph graph = new OnnxGraph("shapes");
    OnnxAlgebra ops = new OnnxAlgebra(graph);
    OnnxValue x = graph.input(IMAGE);
    OnnxValue four = ops.constant(Shape.of(4), 1, 2, 3, 4);
    OnnxValue kernel = ops.constant(Shape.of(6, 6, 4, 1), new double[144]);
    assertRefused(() -> ops.add(x, four), "add needs equal shapes, not [batch, 5, 5, 4] and [4]");
    assertRefused(
        () -> ops.addBias(x, ops.constant(Shape.of(3), 1, 2, 3)),
        "addBias needs a bias of shape [4] for [batch, 5, 5, 4], not [3]");
    assertRefused(() -> ops.matMul(x, four), "matMul cannot multiply [batch, 5, 5, 4] by [4]");
    assertRefused(
        () -> ops.multiplyPerSample(x, four),
        "multiplyPerSample needs factors of shape [batch], not [4]");
    assertRefused(
        () -> ops.slice(x, 0, 101),
        "slice from 0 to 101 must be within the 100 elements of a sample of [batch, 5, 5, 4]");
    assertRefused(
        () -> ops.reshape(x, Shape.of(99)), "cannot reshape samples of shape [5, 5, 4] to [99]");
    assertRefused(() -> ops.normalizeGroups(x, 3, 1), "groups (3) must divide the 4 channels");
    assertRefused(
        () -> ops.conv2d(x, kernel, 1, 0),
        "conv2d kernel [6, 6, 4, 1] is larger than its padded input [batch, 5, 5, 4] (padding 0)");
    assertRefused(
        () -> ops.conv2dTranspose(x, kernel, 1, 0),
        "conv2dTranspose cannot apply kernel [6, 6, 4, 1] to [batch, 5, 5, 4]");
    assertRefused(
        () -> ops.concat(x, ops.constant(Shape.of(1, 2), 1, 2)),
        "concat needs as many samples of each, not [batch, 5, 5, 4] and [1, 2]");
    assertRefused(() -> ops.constant(Shape.of(2), 1), "shape [2] holds 2 values, not 1");
  }

  private static void assertRefused(Runnable operation, String message) {
    assertThatIllegalArgumentException().isThrownBy(operation::run).withMessage(message);
  }
}
