package dev.idem.onnx;

import static dev.idem.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The algebra on values of one ONNX graph, of any batch size, in single precision. There are no
 * derivatives in an ONNX graph, so {@link #stopGradient} is the identity.
 *
 * <p>ONNX convolves [batch, channels, h, w]. The outcome of a convolution stays in that layout as
 * long as operations go channel by channel; what reads rows of numbers gets idem's layout back.
 */
final class OnnxAlgebra implements NetworkAlgebra<OnnxValue> {

  private final OnnxGraph graph;

  /** The algebra that adds its operations to {@code graph}. */
  OnnxAlgebra(OnnxGraph graph) {
    this.graph = graph;
  }

  @Override
  public int batchSize(OnnxValue a) {
    Require.argument(
        a.first() != OnnxValue.BATCH,
        "batchSize of %s is not known in an ONNX graph, which is for batches of any size",
        a);
    return a.first();
  }

  @Override
  public Shape sampleShape(OnnxValue a) {
    return a.sample();
  }

  @Override
  public OnnxValue add(OnnxValue a, OnnxValue b) {
    return binary("add", "Add", a, b);
  }

  @Override
  public OnnxValue subtract(OnnxValue a, OnnxValue b) {
    return binary("subtract", "Sub", a, b);
  }

  @Override
  public OnnxValue multiply(OnnxValue a, OnnxValue b) {
    return binary("multiply", "Mul", a, b);
  }

  @Override
  public OnnxValue divide(OnnxValue a, OnnxValue b) {
    return binary("divide", "Div", a, b);
  }

  private OnnxValue binary(String name, String operator, OnnxValue a, OnnxValue b) {
    Require.argument(
        a.dimensions().equals(b.dimensions()), "%s needs equal shapes, not %s and %s", name, a, b);
    boolean alike = a.channelsFirst() == b.channelsFirst();
    OnnxValue first = alike ? a : rows(a);
    return like(first, graph.node(operator, List.of(first.name(), (alike ? b : rows(b)).name())));
  }

  @Override
  public OnnxValue add(OnnxValue a, double b) {
    return withNumber("Add", a, b);
  }

  @Override
  public OnnxValue multiply(OnnxValue a, double b) {
    return withNumber("Mul", a, b);
  }

  @Override
  public OnnxValue minimum(OnnxValue a, double b) {
    return withNumber("Min", a, b);
  }

  @Override
  public OnnxValue maximum(OnnxValue a, double b) {
    return withNumber("Max", a, b);
  }

  private OnnxValue withNumber(String operator, OnnxValue a, double b) {
    return like(a, graph.node(operator, List.of(a.name(), constant(Shape.SCALAR, b).name())));
  }

  @Override
  public OnnxValue square(OnnxValue a) {
    return multiply(a, a);
  }

  @Override
  public OnnxValue sqrt(OnnxValue a) {
    return unary("Sqrt", a);
  }

  @Override
  public OnnxValue abs(OnnxValue a) {
    return unary("Abs", a);
  }

  @Override
  public OnnxValue tanh(OnnxValue a) {
    return unary("Tanh", a);
  }

  /** {@inheritDoc} ONNX's Round takes the even one of two equally near numbers as well. */
  @Override
  public OnnxValue round(OnnxValue a) {
    return unary("Round", a);
  }

  @Override
  public OnnxValue activate(OnnxValue a, Activation activation) {
    return switch (activation) {
      case IDENTITY -> a;
      case RELU -> unary("Relu", a);
      case LEAKY_RELU -> unary("LeakyRelu", a, attribute("alpha", Activation.LEAKY_SLOPE));
      case TANH -> unary("Tanh", a);
      case SIGMOID -> unary("Sigmoid", a);
      case SELU ->
          unary(
              "Selu",
              a,
              attribute("alpha", Activation.SELU_ALPHA),
              attribute("gamma", Activation.SELU_SCALE));
      case GELU -> gelu(a);
    };
  }

  private OnnxValue gelu(OnnxValue a) {
    OnnxValue cube = multiply(square(a), a);
    OnnxValue inner =
        multiply(add(a, multiply(cube, Activation.GELU_CUBIC)), Activation.GELU_SCALE);
    return multiply(multiply(a, 0.5), add(tanh(inner), 1));
  }

  private OnnxValue unary(String operator, OnnxValue a, AttributeProto... attributes) {
    return like(a, graph.node(operator, List.of(a.name()), attributes));
  }

  /** A value of the shape and layout of {@code a}. */
  private static OnnxValue like(OnnxValue a, String name) {
    return new OnnxValue(name, a.dimensions(), a.channelsFirst());
  }

  @Override
  public OnnxValue stopGradient(OnnxValue a) {
    return a;
  }

  @Override
  public OnnxValue sum(OnnxValue a) {
    return new OnnxValue(
        graph.node("ReduceSum", List.of(a.name()), attribute("keepdims", 0)), List.of(), false);
  }

  @Override
  public OnnxValue mean(OnnxValue a) {
    return new OnnxValue(mean(a.name(), false), List.of(), false);
  }

  @Override
  public OnnxValue sumPerSample(OnnxValue a) {
    if (a.rank() == 1) {
      return a;
    }
    String axes = graph.integers(LongStream.range(1, a.rank()).toArray());
    return new OnnxValue(
        graph.node("ReduceSum", List.of(a.name(), axes), attribute("keepdims", 0)),
        List.of(a.first()),
        false);
  }

  @Override
  public OnnxValue channelMean(OnnxValue a) {
    int[] axes =
        a.channelsFirst() ? new int[] {0, 2, 3} : IntStream.range(0, a.rank() - 1).toArray();
    return new OnnxValue(mean(a.name(), false, axes), List.of(a.channels()), false);
  }

  /** The mean over these axes, or over all if there are none. */
  private String mean(String a, boolean kept, int... axes) {
    AttributeProto keep = attribute("keepdims", kept ? 1 : 0);
    return axes.length == 0
        ? graph.node("ReduceMean", List.of(a), keep)
        : graph.node("ReduceMean", List.of(a), attribute("axes", axes), keep);
  }

  @Override
  public OnnxValue multiplyPerSample(OnnxValue a, OnnxValue factors) {
    Require.argument(
        factors.dimensions().equals(List.of(a.first())),
        "multiplyPerSample needs factors of shape [%s], not %s",
        a.first() == OnnxValue.BATCH ? "batch" : a.first(),
        factors);
    long[] column = new long[a.rank()];
    Arrays.fill(column, 1, column.length, 1);
    return like(a, graph.node("Mul", List.of(a.name(), reshaped(factors.name(), column))));
  }

  @Override
  public OnnxValue constant(Shape shape, double... values) {
    Require.argument(
        values.length == shape.size(),
        "shape %s holds %s values, not %s",
        shape,
        shape.size(),
        values.length);
    return graph.constant(shape, values);
  }

  @Override
  public OnnxValue matMul(OnnxValue a, OnnxValue matrix) {
    Require.argument(
        a.rank() == 2 && matrix.rank() == 2 && a.channels() == matrix.first(),
        "matMul cannot multiply %s by %s",
        a,
        matrix);
    return new OnnxValue(
        graph.node("MatMul", List.of(a.name(), matrix.name())),
        List.of(a.first(), matrix.channels()),
        false);
  }

  @Override
  public OnnxValue addBias(OnnxValue a, OnnxValue bias) {
    return perChannel("addBias needs a bias", "Add", a, bias);
  }

  @Override
  public OnnxValue scaleChannels(OnnxValue a, OnnxValue factors) {
    return perChannel("scaleChannels needs factors", "Mul", a, factors);
  }

  private OnnxValue perChannel(String needs, String operator, OnnxValue a, OnnxValue given) {
    Require.argument(
        given.dimensions().equals(List.of(a.channels())),
        "%s of shape [%s] for %s, not %s",
        needs,
        a.channels(),
        a,
        given);
    String each = a.channelsFirst() ? reshaped(given.name(), a.channels(), 1, 1) : given.name();
    return like(a, graph.node(operator, List.of(a.name(), each)));
  }

  @Override
  public OnnxValue normalizeGroups(OnnxValue a, int groups, double epsilon) {
    int channels = a.channels();
    Require.positive("groups", groups);
    Require.positive("epsilon", epsilon);
    Require.argument(
        channels % groups == 0, "groups (%s) must divide the %s channels", groups, channels);
    long places = a.sample().size() / channels;
    long[] grouped =
        a.channelsFirst()
            ? new long[] {0, groups, channels / groups, places}
            : new long[] {0, places, groups, channels / groups};
    int[] axes = a.channelsFirst() ? new int[] {2, 3} : new int[] {1, 3};
    String split = reshaped(a.name(), grouped);
    String centred = graph.node("Sub", List.of(split, mean(split, true, axes)));
    String variance = mean(graph.node("Mul", List.of(centred, centred)), true, axes);
    String number = constant(Shape.SCALAR, epsilon).name();
    String deviation = graph.node("Sqrt", List.of(graph.node("Add", List.of(variance, number))));
    return like(a, reshaped(graph.node("Div", List.of(centred, deviation)), sizes(a)));
  }

  /** The sizes for a Reshape to the shape and layout of {@code a}. */
  private static long[] sizes(OnnxValue a) {
    long[] sizes = a.dimensions().stream().mapToLong(Integer::longValue).toArray();
    sizes[0] = 0;
    return a.channelsFirst() ? new long[] {0, sizes[3], sizes[1], sizes[2]} : sizes;
  }

  /** Reshapes to these sizes, of which 0 means that of the same axis before. */
  private String reshaped(String a, long... sizes) {
    return graph.node("Reshape", List.of(a, graph.integers(sizes)));
  }

  @Override
  public OnnxValue reshape(OnnxValue a, Shape sampleShape) {
    Require.argument(
        sampleShape.size() == a.sample().size(),
        "cannot reshape samples of shape %s to %s",
        a.sample(),
        sampleShape);
    if (sampleShape.equals(a.sample())) {
      return a;
    }
    OnnxValue target = OnnxValue.of("", a.first(), sampleShape);
    return like(target, reshaped(rows(a).name(), sizes(target)));
  }

  private OnnxValue flat(OnnxValue a) {
    return rows(reshape(a, Shape.of(a.sample().size())));
  }

  @Override
  public OnnxValue slice(OnnxValue a, int from, int to) {
    int width = a.sample().size();
    Require.argument(
        0 <= from && from < to && to <= width,
        "slice from %s to %s must be within the %s elements of a sample of %s",
        from,
        to,
        width,
        a);
    List<String> inputs =
        List.of(flat(a).name(), graph.integers(from), graph.integers(to), graph.integers(1));
    return OnnxValue.of(graph.node("Slice", inputs), a.first(), Shape.of(to - from));
  }

  @Override
  public OnnxValue concat(OnnxValue a, OnnxValue b) {
    Require.argument(
        a.first() == b.first(), "concat needs as many samples of each, not %s and %s", a, b);
    String both =
        graph.node("Concat", List.of(flat(a).name(), flat(b).name()), attribute("axis", 1));
    return OnnxValue.of(both, a.first(), Shape.of(a.sample().size() + b.sample().size()));
  }

  @Override
  public OnnxValue logSoftmax(OnnxValue a) {
    Require.argument(a.rank() >= 2, "logSoftmax needs samples of classes, not %s", a);
    return unary("LogSoftmax", rows(a), attribute("axis", -1));
  }

  @Override
  public OnnxValue conv2d(OnnxValue a, OnnxValue kernel, int stride, int padding) {
    requireImages("conv2d", a, kernel, 2, stride, padding);
    int[] sizes = new int[2];
    for (int i = 0; i < 2; i++) {
      int travel = a.dimensions().get(i + 1) + 2 * padding - kernel.dimensions().get(i);
      Require.argument(
          travel >= 0,
          "conv2d kernel %s is larger than its padded input %s (padding %s)",
          kernel,
          a,
          padding);
      sizes[i] = travel / stride + 1;
    }
    return convolved(
        "Conv", a, kernel, stride, padding, Shape.of(sizes[0], sizes[1], kernel.channels()));
  }

  @Override
  public OnnxValue conv2dTranspose(OnnxValue a, OnnxValue kernel, int stride, int padding) {
    requireImages("conv2dTranspose", a, kernel, 3, stride, padding);
    int[] sizes = new int[2];
    for (int i = 0; i < 2; i++) {
      sizes[i] =
          (a.dimensions().get(i + 1) - 1) * stride - 2 * padding + kernel.dimensions().get(i);
      Require.argument(
          sizes[i] > 0,
          "conv2dTranspose of %s by kernel %s with padding %s leaves nothing",
          a,
          kernel,
          padding);
    }
    return convolved(
        "ConvTranspose",
        a,
        kernel,
        stride,
        padding,
        Shape.of(sizes[0], sizes[1], kernel.dimensions().get(2)));
  }

  private static void requireImages(
      String name, OnnxValue a, OnnxValue kernel, int channelAxis, int stride, int padding) {
    Require.positive("stride", stride);
    Require.notNegative("padding", (long) padding);
    Require.argument(
        a.rank() == 4 && kernel.rank() == 4 && a.channels() == kernel.dimensions().get(channelAxis),
        "%s cannot apply kernel %s to %s",
        name,
        kernel,
        a);
  }

  /** ONNX has kernels as [out, in, h, w], those of transposed convolutions as [in, out, h, w]. */
  private OnnxValue convolved(
      String operator, OnnxValue a, OnnxValue kernel, int stride, int padding, Shape sample) {
    String images = a.channelsFirst() ? a.name() : transposed(a.name(), 0, 3, 1, 2);
    String name =
        graph.node(
            operator,
            List.of(images, transposed(kernel.name(), 3, 2, 0, 1)),
            attribute("pads", padding, padding, padding, padding),
            attribute("strides", stride, stride));
    return new OnnxValue(name, OnnxValue.of(name, a.first(), sample).dimensions(), true);
  }

  /** The same value in idem's layout, in which a sample's numbers are in row-major order. */
  OnnxValue rows(OnnxValue a) {
    return a.channelsFirst()
        ? new OnnxValue(transposed(a.name(), 0, 2, 3, 1), a.dimensions(), false)
        : a;
  }

  private String transposed(String a, int... order) {
    return graph.node("Transpose", List.of(a), attribute("perm", order));
  }
}
