package dev.idem.tf.tape;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.IdentityN;

/**
 * Stands between a tape and TensorFlow's gradient builder, whose answer to an operation it cannot
 * differentiate may be the end of the process: refuses those beforehand, and says afterwards in the
 * graph's own terms why a gradient failed.
 */
final class BackpropagationGuard {

  /**
   * Operations whose gradient is right when they read a variable directly. Each was tried in a
   * process of its own, in which Square, Log1p and Asin died and Pow, Sign, Acos, Atan and
   * BatchMatMulV3 threw; what was not tried is not here. A test keeps this list honest.
   */
  static final Set<String> READ_REFERENCES_SAFELY =
      Set.of(
          "Abs",
          "Add",
          "AddN",
          "Atan2",
          "AvgPool",
          "BiasAdd",
          "BroadcastTo",
          "Cast",
          "ClipByValue",
          "ConcatV2",
          "Conv2D",
          "Conv2DBackpropInput",
          "Cos",
          "Cosh",
          "Cumsum",
          "DepthwiseConv2dNative",
          "DiagPart",
          "Div",
          "DivNoNan",
          "Einsum",
          "Elu",
          "Erf",
          "Exp",
          "ExpandDims",
          "Expm1",
          "FusedBatchNormV3",
          "GatherNd",
          "GatherV2",
          "Identity",
          "L2Loss",
          "LeakyRelu",
          "Lgamma",
          "Log",
          "LogSoftmax",
          "MatMul",
          "Max",
          "MaxPoolV2",
          "Maximum",
          "Mean",
          "Min",
          "Minimum",
          "MirrorPad",
          "Mul",
          "Neg",
          "Pack",
          "PadV2",
          "Prod",
          "Reciprocal",
          "Relu",
          "Relu6",
          "Reshape",
          "ReverseV2",
          "Rsqrt",
          "SelectV2",
          "Selu",
          "Sigmoid",
          "Sin",
          "Sinh",
          "Slice",
          "Softmax",
          "SoftmaxCrossEntropyWithLogits",
          "Softplus",
          "Softsign",
          "Split",
          "Sqrt",
          "SquaredDifference",
          "Squeeze",
          "StridedSlice",
          "Sub",
          "Sum",
          "Tan",
          "Tanh",
          "Tile",
          "Transpose",
          "Unpack");

  /** Their output plays no part in any gradient, so that theirs is never asked for. */
  private static final Set<String> STOP = Set.of("StopGradient", "ZerosLike", "Shape");

  /** Their gradients forget the dilation: wrong kernel sizes, or an illegal instruction. */
  private static final Set<String> DILATED = Set.of("Conv2D", "DepthwiseConv2dNative");

  /** They multiply by a kernel, their second input, which {@link #requireSafeKernel} reads. */
  private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "Conv2DBackpropInput");

  /** Input channels that oneDNN takes at once, with the widest registers. */
  private static final int CHANNELS_AT_ONCE = 16;

  private static final Pattern NO_GRADIENT = Pattern.compile("No gradient defined for op: (\\w+)");

  private final GradientPath path;
  private final List<Carrier<?>> carriers = new ArrayList<>();

  /**
   * Checks every operation on the path; throws {@link IllegalArgumentException} for the first that
   * fails.
   */
  BackpropagationGuard(GradientPath path) {
    this.path = path;
    for (GraphOperation operation : path.operations()) {
      requireSafeReads(operation);
      requireNoDilation(operation);
      requireSafeKernel(operation);
      if (operation.type().equals(IdentityN.OP_NAME)) {
        requireFunction(operation);
      }
    }
  }

  /** Runs TensorFlow's gradient builder and explains how it fails. */
  <R> R explaining(Supplier<R> addGradients) {
    carriers.forEach(Carrier::reset);
    R gradients;
    try {
      gradients = addGradients.get();
    } catch (RuntimeException e) {
      carriers.forEach(Carrier::check);
      throw explained(e);
    }
    carriers.forEach(Carrier::check);
    return gradients;
  }

  private static void requireSafeReads(GraphOperation operation) {
    if (READ_REFERENCES_SAFELY.contains(operation.type()) || STOP.contains(operation.type())) {
      return;
    }
    for (Operand<?> input : operation.inputs()) {
      Require.argument(
          !FloatingPoint.isReference(input.asOutput()),
          "operation %s '%s' must not read variable '%s' directly: its gradient may end the process."
              + " Read the variable through tape.watch(variable) and build upon that",
          operation.type(),
          operation.name(),
          input.asOutput().op().name());
    }
  }

  private static void requireNoDilation(GraphOperation operation) {
    if (DILATED.contains(operation.type())) {
      long[] dilations = operation.attributes().getAttrIntList("dilations");
      Require.argument(
          Arrays.stream(dilations).allMatch(dilation -> dilation == 1),
          "operation %s '%s' with dilations %s must not be differentiated: TensorFlow's C++ gradient"
              + " of it is broken. Use dilation 1",
          operation.type(),
          operation.name(),
          Arrays.toString(dilations));
    }
  }

  /**
   * Refuses the gradient with respect to a 1 x 1 kernel that is applied with a stride to few
   * channels: on CPUs it is wrong in some runs, or ends the process, since oneDNN writes beyond its
   * workspace (its issue 6035).
   */
  private void requireSafeKernel(GraphOperation operation) {
    if (!CONVOLUTIONS.contains(operation.type())) {
      return;
    }
    Output<?> kernel = operation.inputs().get(1).asOutput();
    Shape shape = kernel.shape();
    long[] strides = operation.attributes().getAttrIntList("strides");
    boolean pointwise = shape.numDimensions() == 4 && shape.get(0) == 1 && shape.get(1) == 1;
    Require.argument(
        !pointwise
            || shape.get(2) >= CHANNELS_AT_ONCE
            || Arrays.stream(strides).allMatch(stride -> stride == 1)
            || !path.holds(kernel),
        "operation %s '%s' with a 1 x 1 kernel %s and strides %s must not be differentiated with"
            + " respect to its kernel: on CPUs that gradient is wrong at times. Slice its input by"
            + " these strides and convolve with strides of 1",
        operation.type(),
        operation.name(),
        shape,
        Arrays.toString(strides));
  }

  private void requireFunction(GraphOperation operation) {
    Carrier<?> carrier = CarrierRegistry.available() ? CarrierRegistry.find(operation) : null;
    if (carrier != null) {
      carriers.add(carrier);
    } else {
      Require.argument(
          !CarrierRegistry.isNamedAsCarrier(operation),
          "custom gradient '%s' must have its gradient function: its CustomGradients was closed, or"
              + " the graph was loaded from a file, which holds no functions",
          operation.name());
    }
  }

  private RuntimeException explained(RuntimeException thrown) {
    Matcher missing = NO_GRADIENT.matcher(String.valueOf(thrown.getMessage()));
    if (!missing.find()) {
      return thrown;
    }
    String type = missing.group(1);
    List<String> names =
        path.operations().stream()
            .filter(operation -> operation.type().equals(type))
            .map(GraphOperation::name)
            .toList();
    return new IllegalArgumentException(
        String.format(
            "operation %s %s has no gradient in TensorFlow's C++ library. Give it one with"
                + " CustomGradients, cut it off with tf.stopGradient, or use another operation",
            type, names),
        thrown);
  }
}
