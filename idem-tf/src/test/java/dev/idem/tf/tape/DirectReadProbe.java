package dev.idem.tf.tape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Asks TensorFlow, without the tape's guard, for the gradient of every operation that the guard
 * lets read a variable directly, and compares it with the gradient through an identity. Run as a
 * process of its own, because a wrong entry may be the end of it: prints the types that came out
 * equal, one a line.
 */
final class DirectReadProbe {

  /** Builds one operation; every floating-point input that may be a variable is one. */
  private interface Case {
    Operand<TFloat32> build(Ops tf, Inputs v);
  }

  private static final List<Long> ONE = List.of(1L, 1L, 1L, 1L);
  private static final List<Long> TWO = List.of(1L, 2L, 2L, 1L);

  private DirectReadProbe() {}

  /** Takes no arguments. */
  @SuppressWarnings("SystemOut") // what the test reads
  public static void main(String[] arguments) {
    for (Map.Entry<String, Case> entry : cases().entrySet()) {
      if (gradients(entry, true).equals(gradients(entry, false))) {
        System.out.println("equal " + entry.getKey());
      } else {
        System.out.println("differs " + entry.getKey());
      }
    }
  }

  private static List<List<Float>> gradients(Map.Entry<String, Case> entry, boolean direct) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Inputs inputs = new Inputs(tf, direct);
      Output<TFloat32> y = entry.getValue().build(tf, inputs).asOutput();
      if (!y.op().type().equals(entry.getKey())) {
        throw new IllegalStateException(entry.getKey() + " must not be a " + y.op().type());
      }
      // Of the square, so that not every gradient comes back as ones.
      Output<?>[] found =
          graph.addGradients(
              tf.math.square(tf.identity(y)).asOutput(),
              inputs.variables.toArray(new Output<?>[0]));
      List<List<Float>> gradients = new ArrayList<>();
      try (Session session = new Session(graph)) {
        session.initialize();
        for (Output<?> gradient : found) {
          gradients.add(gradient.index() < 0 ? List.of() : elements(session, gradient));
        }
      }
      return gradients;
    }
  }

  private static List<Float> elements(Session session, Output<?> gradient) {
    try (Result result = session.runner().fetch(gradient).run()) {
      List<Float> elements = new ArrayList<>();
      ((TFloat32) result.get(0)).scalars().forEach(scalar -> elements.add(scalar.getFloat()));
      return elements;
    }
  }

  /** Makes variables of reproducible numbers in (0.1, 0.9), read directly or not. */
  private static final class Inputs {
    private final Random random = new Random(3);
    private final List<Output<?>> variables = new ArrayList<>();
    private final Ops tf;
    private final boolean direct;

    Inputs(Ops tf, boolean direct) {
      this.tf = tf;
      this.direct = direct;
    }

    /** A variable's reading. */
    Operand<TFloat32> of(long... shape) {
      Variable<TFloat32> variable = tf.variable(numbers(shape));
      variables.add(variable.asOutput());
      return direct ? variable : tf.identity(variable);
    }

    /** The same without a variable. */
    Operand<TFloat32> numbers(long... shape) {
      FloatNdArray numbers = NdArrays.ofFloats(Shape.of(shape));
      numbers.scalars().forEach(scalar -> scalar.setFloat(0.1f + 0.8f * random.nextFloat()));
      return tf.constant(numbers);
    }
  }

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    elementWise(cases);
    pairs(cases);
    reductions(cases);
    shapes(cases);
    layers(cases);
    return cases;
  }

  private static void elementWise(Map<String, Case> cases) {
    cases.put("Abs", (tf, v) -> tf.math.abs(v.of(2, 3)));
    cases.put("Cast", (tf, v) -> cast(tf, v));
    cases.put("Cos", (tf, v) -> tf.math.cos(v.of(2, 3)));
    cases.put("Cosh", (tf, v) -> tf.math.cosh(v.of(2, 3)));
    cases.put("Elu", (tf, v) -> tf.nn.elu(v.of(2, 3)));
    cases.put("Erf", (tf, v) -> tf.math.erf(v.of(2, 3)));
    cases.put("Exp", (tf, v) -> tf.math.exp(v.of(2, 3)));
    cases.put("Expm1", (tf, v) -> tf.math.expm1(v.of(2, 3)));
    cases.put("Identity", (tf, v) -> tf.identity(v.of(2, 3)));
    cases.put("LeakyRelu", (tf, v) -> tf.nn.leakyRelu(v.of(2, 3)));
    cases.put("Lgamma", (tf, v) -> tf.math.lgamma(v.of(2, 3)));
    cases.put("Log", (tf, v) -> tf.math.log(v.of(2, 3)));
    cases.put("LogSoftmax", (tf, v) -> tf.nn.logSoftmax(v.of(2, 3)));
    cases.put("Neg", (tf, v) -> tf.math.neg(v.of(2, 3)));
    cases.put("Reciprocal", (tf, v) -> tf.math.reciprocal(v.of(2, 3)));
    cases.put("Relu", (tf, v) -> tf.nn.relu(v.of(2, 3)));
    cases.put("Relu6", (tf, v) -> tf.nn.relu6(v.of(2, 3)));
    cases.put("Rsqrt", (tf, v) -> tf.math.rsqrt(v.of(2, 3)));
    cases.put("Selu", (tf, v) -> tf.nn.selu(v.of(2, 3)));
    cases.put("Sigmoid", (tf, v) -> tf.math.sigmoid(v.of(2, 3)));
    cases.put("Sin", (tf, v) -> tf.math.sin(v.of(2, 3)));
    cases.put("Sinh", (tf, v) -> tf.math.sinh(v.of(2, 3)));
    cases.put("Softmax", (tf, v) -> tf.nn.softmax(v.of(2, 3)));
    cases.put("Softplus", (tf, v) -> tf.math.softplus(v.of(2, 3)));
    cases.put("Softsign", (tf, v) -> tf.nn.softsign(v.of(2, 3)));
    cases.put("Sqrt", (tf, v) -> tf.math.sqrt(v.of(2, 3)));
    cases.put("Tan", (tf, v) -> tf.math.tan(v.of(2, 3)));
    cases.put("Tanh", (tf, v) -> tf.math.tanh(v.of(2, 3)));
  }

  /** To double and back; the cast that reads the variable is the first. */
  private static Operand<TFloat32> cast(Ops tf, Inputs v) {
    Operand<TFloat64> wide = tf.dtypes.cast(v.of(2, 3), TFloat64.class);
    return tf.dtypes.cast(wide, TFloat32.class);
  }

  private static void pairs(Map<String, Case> cases) {
    cases.put("Add", (tf, v) -> tf.math.add(v.of(2, 3), v.of(3)));
    cases.put("AddN", (tf, v) -> tf.math.addN(List.of(v.of(2, 3), v.of(2, 3))));
    cases.put("Atan2", (tf, v) -> tf.math.atan2(v.of(2, 3), v.of(3)));
    cases.put("ClipByValue", (tf, v) -> tf.clipByValue(v.of(2, 3), v.of(), v.of()));
    cases.put("Div", (tf, v) -> tf.math.div(v.of(2, 3), v.of(3)));
    cases.put("DivNoNan", (tf, v) -> tf.math.divNoNan(v.of(2, 3), v.of(3)));
    cases.put("Maximum", (tf, v) -> tf.math.maximum(v.of(2, 3), v.of(3)));
    cases.put("Minimum", (tf, v) -> tf.math.minimum(v.of(2, 3), v.of(3)));
    cases.put("Mul", (tf, v) -> tf.math.mul(v.of(2, 3), v.of(3)));
    cases.put(
        "SelectV2",
        (tf, v) -> tf.select(tf.constant(new boolean[] {true, false, true}), v.of(2, 3), v.of(3)));
    cases.put("SquaredDifference", (tf, v) -> tf.math.squaredDifference(v.of(2, 3), v.of(3)));
    cases.put("Sub", (tf, v) -> tf.math.sub(v.of(2, 3), v.of(3)));
  }

  private static void reductions(Map<String, Case> cases) {
    cases.put("Cumsum", (tf, v) -> tf.math.cumsum(v.of(2, 3), tf.constant(0)));
    cases.put("L2Loss", (tf, v) -> tf.nn.l2Loss(v.of(2, 3)));
    cases.put("Max", (tf, v) -> tf.reduceMax(v.of(2, 3), tf.constant(0)));
    cases.put("Mean", (tf, v) -> tf.math.mean(v.of(2, 3), tf.constant(0)));
    cases.put("Min", (tf, v) -> tf.reduceMin(v.of(2, 3), tf.constant(0)));
    cases.put("Prod", (tf, v) -> tf.reduceProd(v.of(2, 3), tf.constant(0)));
    cases.put("Sum", (tf, v) -> tf.sum(v.of(2, 3), tf.constant(0)));
  }

  private static void shapes(Map<String, Case> cases) {
    cases.put(
        "BroadcastTo", (tf, v) -> tf.broadcastTo(v.of(2, 3), tf.constant(new int[] {4, 2, 3})));
    cases.put("ConcatV2", (tf, v) -> tf.concat(List.of(v.of(2, 3), v.of(4, 3)), tf.constant(0)));
    cases.put("DiagPart", (tf, v) -> tf.linalg.tensorDiagPart(v.of(3, 3)));
    cases.put("ExpandDims", (tf, v) -> tf.expandDims(v.of(2, 3), tf.constant(0)));
    cases.put("GatherNd", (tf, v) -> tf.gatherNd(v.of(2, 3), tf.constant(new int[][] {{1}, {1}})));
    cases.put(
        "GatherV2",
        (tf, v) -> tf.gather(v.of(2, 3), tf.constant(new int[] {2, 0}), tf.constant(1)));
    cases.put(
        "MirrorPad",
        (tf, v) -> tf.mirrorPad(v.of(2, 3), tf.constant(new int[][] {{1, 1}, {0, 0}}), "REFLECT"));
    cases.put("Pack", (tf, v) -> tf.stack(List.of(v.of(2, 3), v.of(2, 3))));
    cases.put(
        "PadV2", (tf, v) -> tf.pad(v.of(2, 3), tf.constant(new int[][] {{1, 1}, {0, 0}}), v.of()));
    cases.put("Reshape", (tf, v) -> tf.reshape(v.of(2, 3), tf.constant(new int[] {6})));
    cases.put("ReverseV2", (tf, v) -> tf.reverse(v.of(2, 3), tf.constant(new int[] {0})));
    cases.put(
        "Slice",
        (tf, v) ->
            tf.slice(v.of(2, 3), tf.constant(new int[] {0, 1}), tf.constant(new int[] {1, 2})));
    cases.put("Split", (tf, v) -> tf.split(tf.constant(0), v.of(2, 3), 2L).output().get(0));
    cases.put("Squeeze", (tf, v) -> tf.squeeze(v.of(2, 1, 3)));
    cases.put(
        "StridedSlice",
        (tf, v) ->
            tf.stridedSlice(
                v.of(2, 3),
                tf.constant(new int[] {0, 0}),
                tf.constant(new int[] {2, 3}),
                tf.constant(new int[] {1, 2})));
    cases.put("Tile", (tf, v) -> tf.tile(v.of(2, 3), tf.constant(new int[] {1, 2})));
    cases.put(
        "Transpose", (tf, v) -> tf.linalg.transpose(v.of(2, 3), tf.constant(new int[] {1, 0})));
    cases.put("Unpack", (tf, v) -> tf.unstack(v.of(2, 3), 2L).output().get(1));
  }

  private static void layers(Map<String, Case> cases) {
    cases.put("AvgPool", (tf, v) -> tf.nn.avgPool(v.of(1, 4, 4, 2), TWO, TWO, "VALID"));
    cases.put("BiasAdd", (tf, v) -> tf.nn.biasAdd(v.of(2, 3), v.of(3)));
    cases.put("Conv2D", (tf, v) -> tf.nn.conv2d(v.of(1, 5, 5, 2), v.of(3, 3, 2, 4), TWO, "VALID"));
    cases.put(
        "Conv2DBackpropInput",
        (tf, v) ->
            tf.nn.conv2dBackpropInput(
                tf.constant(new int[] {1, 5, 5, 2}),
                v.of(3, 3, 2, 4),
                v.of(1, 2, 2, 4),
                TWO,
                "VALID"));
    cases.put(
        "DepthwiseConv2dNative",
        (tf, v) -> tf.nn.depthwiseConv2dNative(v.of(1, 4, 4, 2), v.of(2, 2, 2, 1), ONE, "VALID"));
    cases.put("Einsum", (tf, v) -> tf.linalg.einsum(List.of(v.of(2, 3), v.of(3, 4)), "ij,jk->ik"));
    cases.put(
        "FusedBatchNormV3",
        (tf, v) ->
            tf.nn
                .fusedBatchNorm(
                    v.of(2, 3, 3, 2),
                    v.of(2),
                    v.of(2),
                    tf.constant(new float[0]),
                    tf.constant(new float[0]),
                    FusedBatchNorm.isTraining(true))
                .y());
    cases.put("MatMul", (tf, v) -> tf.linalg.matMul(v.of(2, 3), v.of(3, 4)));
    cases.put(
        "MaxPoolV2",
        (tf, v) ->
            tf.nn.maxPool(
                v.of(1, 4, 4, 2),
                tf.constant(new int[] {1, 2, 2, 1}),
                tf.constant(new int[] {1, 2, 2, 1}),
                "VALID"));
    cases.put(
        "SoftmaxCrossEntropyWithLogits",
        (tf, v) -> tf.nn.softmaxCrossEntropyWithLogits(v.of(2, 3), v.of(2, 3)).loss());
  }
}
