package dev.idem.tf.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.tf.tape.CustomGradients.CustomFunction;
import dev.idem.tf.tape.CustomGradients.CustomFunction.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.IdentityN;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

final class CustomGradientsTest {

  /** log(1 + e^x) with the gradient written so that it does not overflow: Python's own example. */
  private static final CustomFunction<TFloat32> LOG_1P_EXP =
      (tf, in) -> {
        Operand<TFloat32> e = tf.math.exp(in.get(0));
        return new Value<>(
            List.of(tf.math.log1p(e)),
            (back, dy) ->
                List.of(
                    back.math.mul(
                        dy.get(0),
                        back.math.sub(
                            back.constant(1f),
                            back.math.reciprocal(back.math.add(back.constant(1f), e))))));
      };

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final GradientTape tape = new GradientTape(tf);
  private final CustomGradients custom = new CustomGradients(graph);

  @AfterEach
  void close() {
    custom.close();
    graph.close();
  }

  @Test
  void theFunctionsOwnGradientReplacesThatOfItsOperations() {
    // At 100 the gradient of the operations themselves is infinity / infinity.
    Operand<TFloat32> x = tf.constant(new float[] {-1, 0, 2, 100});

    List<Float> gradient = elements(tape.gradient(applied(x, LOG_1P_EXP), x));

    assertThat(gradient.get(0)).isCloseTo(sigmoid(-1), within(1e-6f));
    assertThat(gradient.get(1)).isCloseTo(sigmoid(0), within(1e-6f));
    assertThat(gradient.get(2)).isCloseTo(sigmoid(2), within(1e-6f));
    assertThat(gradient.get(3)).isEqualTo(1f);
  }

  @Test
  void theValueIsThatOfTheFunction() {
    assertThat(elements(applied(tf.constant(2f), LOG_1P_EXP)).get(0))
        .isCloseTo((float) Math.log1p(Math.exp(2)), within(1e-6f));
  }

  private static float sigmoid(double x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  @Test
  void itPassesWhatComesBackFromFurtherOn() {
    // d/dx 3 g(x)^2 at x = 2 with g(x) = x and g' := 10 is 6 * 2 * 10.
    Operand<TFloat32> x = tf.constant(2f);
    Output<TFloat32> y = applied(x, scaledBy(10));

    Operand<TFloat32> loss = tf.math.mul(tf.constant(3f), tf.math.square(y));

    assertThat(elements(tape.gradient(loss, x))).containsExactly(120f);
  }

  @Test
  void aFunctionMayHaveSeveralInputsAndOutputs() {
    Operand<TFloat32> a = tf.constant(2f);
    Operand<TFloat32> b = tf.constant(5f);
    List<Output<TFloat32>> sumAndProduct =
        custom.apply(
            tf,
            List.of(a, b),
            (ops, in) ->
                new Value<>(
                    List.of(ops.math.add(in.get(0), in.get(1)), ops.math.mul(in.get(0), in.get(1))),
                    (back, dy) ->
                        List.of(
                            back.math.add(dy.get(0), back.math.mul(dy.get(1), in.get(1))),
                            back.math.add(dy.get(0), back.math.mul(dy.get(1), in.get(0))))));
    List<Operand<TFloat32>> outputGradients = List.of(tf.constant(1f), tf.constant(10f));

    assertThat(elements(tape.gradient(sumAndProduct, List.of(a, b), outputGradients).get(0)))
        .containsExactly(51f);
    assertThat(elements(tape.gradient(sumAndProduct, List.of(a, b), outputGradients).get(1)))
        .containsExactly(21f);
    assertThat(elements(tape.gradient(sumAndProduct.get(1), b))).containsExactly(2f);
  }

  @Test
  void itsGradientCanBeDifferentiatedAgain() {
    // g(x) = x^3 with g' := 3 x^2, so that g'' = 6 x.
    Operand<TFloat32> x = tf.constant(2f);
    Output<TFloat32> cube =
        applied(
            x,
            (ops, in) -> {
              Output<TFloat32> v = in.get(0);
              return new Value<>(
                  List.of(ops.math.mul(v, ops.math.mul(v, v))),
                  (back, dy) ->
                      List.of(
                          back.math.mul(
                              dy.get(0), back.math.mul(back.constant(3f), back.math.mul(v, v)))));
            });

    Output<TFloat32> first = tape.gradient(cube, x);

    assertThat(elements(first)).containsExactly(12f);
    assertThat(elements(tape.gradient(first, x))).containsExactly(12f);
  }

  @Test
  void functionsNestInFunctions() {
    Operand<TFloat32> x = tf.constant(2f);
    CustomFunction<TFloat32> outer =
        (ops, in) -> {
          Output<TFloat32> inner = custom.apply(ops, in, scaledBy(7)).get(0);
          return new Value<>(
              List.of(inner), (back, dy) -> List.of(back.math.mul(dy.get(0), back.constant(3f))));
        };

    assertThat(elements(tape.gradient(applied(x, outer), x))).containsExactly(3f);
    assertThat(elements(tape.gradient(applied(applied(x, scaledBy(7)), outer), x)))
        .containsExactly(21f);
  }

  @Test
  void functionsNestInGradientFunctions() {
    // g' := h(x) with h(x) = x^2 and h' := 5, so that g'' = 5.
    Operand<TFloat32> x = tf.constant(2f);
    CustomFunction<TFloat32> h =
        (ops, in) ->
            new Value<>(
                List.of(ops.math.square(in.get(0))),
                (back, dy) -> List.of(back.math.mul(dy.get(0), back.constant(5f))));
    CustomFunction<TFloat32> g =
        (ops, in) ->
            new Value<>(
                in,
                (back, dy) -> List.of(back.math.mul(dy.get(0), custom.apply(back, in, h).get(0))));

    Output<TFloat32> first = tape.gradient(applied(x, g), x);

    assertThat(elements(first)).containsExactly(4f);
    assertThat(elements(tape.gradient(first, x))).containsExactly(5f);
  }

  @Test
  void anOperationWithoutAGradientGetsOne() {
    Operand<TFloat32> x = tf.constant(new float[] {3, 1, 2});
    Output<TFloat32> top =
        applied(
            x,
            (ops, in) -> {
              TopK<TFloat32, TInt32> best =
                  ops.nn.topK(in.get(0), ops.constant(2), new TopK.Options[0]);
              return new Value<>(
                  List.of(best.values()),
                  (back, dy) ->
                      List.of(
                          back.scatterNd(
                              back.expandDims(best.indices(), back.constant(1)),
                              dy.get(0),
                              back.constant(new int[] {3}))));
            });

    assertThat(elements(tape.gradient(top, x))).containsExactly(1f, 0f, 1f);
  }

  @Test
  void anOperationWithoutAGradientIsNamed() {
    Operand<TFloat32> x = tf.constant(new float[] {3, 1, 2});
    TopK<TFloat32, TInt32> top =
        tf.withName("best").nn.topK(x, tf.constant(2), new TopK.Options[0]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(top.values(), x))
        .withMessageContaining("TopKV2 [best] has no gradient")
        .withMessageContaining("CustomGradients");
  }

  @Test
  void identitiesThatAreNotOursPassGradientsUnchanged() {
    Operand<TFloat32> x = tf.constant(2f);
    Operand<TFloat32> y = tf.constant(5f);
    IdentityN both = tf.identityN(List.of(tf.math.square(x), tf.math.square(y)));

    assertThat(elements(tape.gradient(both.output().get(0), x))).containsExactly(4f);
    assertThat(elements(tape.gradient(both.output().get(0), List.of(x, y)).get(1)))
        .containsExactly(0f);
  }

  @Test
  void aVariableMayBeAnInput() {
    Variable<TFloat32> w = tf.variable(tf.constant(2f));

    Output<TFloat32> y = applied(w, scaledBy(10));

    assertThat(elements(tape.gradient(y, w))).containsExactly(10f);
  }

  @Test
  void anExceptionInAGradientFunctionSurfacesAndTheGraphStaysUsable() {
    Operand<TFloat32> x = tf.constant(2f);
    Output<TFloat32> y =
        applied(
            x,
            (ops, in) ->
                new Value<>(
                    in,
                    (back, dy) -> {
                      throw new ArithmeticException("no such gradient");
                    }));

    assertThatIllegalStateException()
        .isThrownBy(() -> tape.gradient(y, x))
        .withMessageContaining("IdemCustomGradient")
        .withMessageContaining("no such gradient")
        .withCauseInstanceOf(ArithmeticException.class);
    assertThat(elements(tape.gradient(applied(x, LOG_1P_EXP), x)).get(0))
        .isCloseTo(0.8807971f, within(1e-6f));
  }

  @Test
  void anErrorInAGradientFunctionSurfacesToo() {
    Operand<TFloat32> x = tf.constant(2f);
    Output<TFloat32> y =
        applied(
            x,
            (ops, in) ->
                new Value<>(
                    in,
                    (back, dy) -> {
                      throw new AssertionError("broken");
                    }));

    assertThatIllegalStateException()
        .isThrownBy(() -> tape.gradient(y, x))
        .withCauseInstanceOf(AssertionError.class);
  }

  @Test
  void withoutATapeAFailingGradientFunctionIsAnErrorAllTheSame() {
    Operand<TFloat32> x = tf.constant(2f);
    Output<TFloat32> y = applied(x, (ops, in) -> new Value<>(in, (back, dy) -> List.of()));

    assertThatExceptionOfType(TensorFlowException.class)
        .isThrownBy(() -> graph.addGradients(y, new Output<?>[] {x.asOutput()}));
  }

  @Test
  void thereMustBeOneGradientForEachInputOfItsShapeAndType() {
    Operand<TFloat32> x = tf.constant(new float[] {1, 2});

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                tape.gradient(applied(x, (ops, in) -> new Value<>(in, (back, dy) -> List.of())), x))
        .withMessageContaining("returned 0 gradients and must return one for each of its 1 inputs");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                tape.gradient(
                    applied(
                        x, (ops, in) -> new Value<>(in, (back, dy) -> List.of(back.constant(1f)))),
                    x))
        .withMessageContaining("has shape []")
        .withMessageContaining("[2]");
    assertThatIllegalStateException()
        .isThrownBy(() -> tape.gradient(applied(x, (ops, in) -> new Value<>(in, ofDoubles())), x))
        .withMessageContaining("must have the type of its input");
  }

  @SuppressWarnings({
    "unchecked",
    "rawtypes"
  }) // what generics forbid, a raw type still lets through
  private static CustomFunction.Gradient<TFloat32> ofDoubles() {
    CustomFunction.Gradient<TFloat64> doubles =
        (back, dy) -> List.of(back.constant(new double[] {1, 2}));
    return (CustomFunction.Gradient) doubles;
  }

  @Test
  void aGradientFromAnotherGraphIsRefused() {
    Operand<TFloat32> x = tf.constant(2f);
    try (Graph other = new Graph()) {
      Operand<TFloat32> stranger = Ops.create(other).constant(1f);
      Output<TFloat32> y =
          applied(x, (ops, in) -> new Value<>(in, (back, dy) -> List.of(stranger)));

      assertThatIllegalStateException()
          .isThrownBy(() -> tape.gradient(y, x))
          .withMessageContaining("same graph");
      assertThatIllegalArgumentException().isThrownBy(() -> applied(stranger, LOG_1P_EXP));
    }
  }

  @Test
  void aTapeInsideAGradientFunctionIsRefusedAndDoesNotWaitForEver() {
    Operand<TFloat32> x = tf.constant(2f);
    Output<TFloat32> y =
        applied(
            x,
            (ops, in) ->
                new Value<>(
                    in, (back, dy) -> List.of(new GradientTape(back).gradient(in.get(0), x))));

    assertThatIllegalStateException()
        .isThrownBy(() -> tape.gradient(y, x))
        .withMessageContaining("gradient function");
  }

  @Test
  void closingLetsGoOfTheFunctions() {
    int before = CarrierRegistry.size();
    Operand<TFloat32> x = tf.constant(2f);
    Output<TFloat32> y = applied(x, LOG_1P_EXP);
    assertThat(CarrierRegistry.size()).isEqualTo(before + 1);

    custom.close();

    assertThat(CarrierRegistry.size()).isEqualTo(before);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(y, x))
        .withMessageContaining("was closed");
    assertThatIllegalStateException().isThrownBy(() -> applied(x, LOG_1P_EXP));
  }

  @Test
  void aLoadedGraphDoesNotPassForOneWithItsFunctions() {
    applied(tf.withName("x").constant(2f), LOG_1P_EXP);
    GraphDef saved = graph.toGraphDef();
    try (Graph loaded = new Graph()) {
      loaded.importGraphDef(saved);
      Output<?> x = loaded.outputOrThrow("x:0");
      Output<?> y = loaded.outputOrThrow("IdemCustomGradient:0");

      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new GradientTape(Ops.create(loaded))
                      .gradient(y, List.of(x.expect(TFloat32.class))))
          .withMessageContaining("loaded from a file");
    }
  }

  @Test
  void aThousandCustomGradientsTakeOneRegistration() {
    Operand<TFloat32> x = tf.constant(1f);
    Output<TFloat32> y = x.asOutput();
    for (int i = 0; i < 1_000; i++) {
      y = applied(y, scaledBy(i % 2 == 0 ? 4f : 0.25f));
    }

    assertThat(elements(tape.gradient(y, x))).containsExactly(1f);
    assertThat(TensorFlow.registerCustomGradient(IdentityN.OP_NAME, (ops, op, dy) -> List.of()))
        .as("a second registration")
        .isFalse();
  }

  @Test
  void severalGraphsMayBeBuiltAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Float>> tasks = new ArrayList<>();
      for (int i = 1; i <= 16; i++) {
        float factor = i;
        tasks.add(() -> gradientInAGraphOfItsOwn(factor));
      }
      List<Float> gradients = new ArrayList<>();
      for (Future<Float> gradient : threads.invokeAll(tasks)) {
        gradients.add(gradient.get());
      }
      for (int i = 1; i <= 16; i++) {
        assertThat(gradients.get(i - 1)).isEqualTo((float) Math.pow(i, 5));
      }
    } finally {
      threads.shutdown();
    }
  }

  private static float gradientInAGraphOfItsOwn(float factor) {
    try (Graph own = new Graph();
        CustomGradients functions = new CustomGradients(own)) {
      Ops ops = Ops.create(own);
      Operand<TFloat32> x = ops.constant(1f);
      Output<TFloat32> y = x.asOutput();
      for (int i = 0; i < 5; i++) {
        y = functions.apply(ops, List.of(y), scaledBy(factor)).get(0);
      }
      return Evaluated.elements(own, new GradientTape(ops).gradient(y, x)).get(0);
    }
  }

  /** The identity, with the gradient that comes back times {@code factor}. */
  private static CustomFunction<TFloat32> scaledBy(float factor) {
    return (ops, in) ->
        new Value<>(in, (back, dy) -> List.of(back.math.mul(dy.get(0), back.constant(factor))));
  }

  private Output<TFloat32> applied(Operand<TFloat32> x, CustomFunction<TFloat32> function) {
    return custom.apply(tf, List.of(x), function).get(0);
  }

  private List<Float> elements(Operand<TFloat32> operand) {
    return Evaluated.elements(graph, operand);
  }
}
