package dev.idem.tf.engine;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.tf.tape.CustomGradients;
import dev.idem.tf.tape.GraphOps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The algebra on operands of one graph, in single precision; products may be computed in a lower
 * one, see {@link Precision}. The batch size may be unknown, except to {@link #batchSize} and
 * {@link #mean}.
 */
final class TensorFlowAlgebra implements NetworkAlgebra<Operand<TFloat32>> {

  private final Ops tf;
  private final Products products;

  /** The algebra that adds its operations to the graph of {@code tf}, in float32 throughout. */
  TensorFlowAlgebra(Ops tf) {
    this(tf, Precision.FLOAT32, null);
  }

  /**
   * The algebra that adds its operations to the graph of {@code tf}; operands are float32 in every
   * precision.
   *
   * @param precision of {@link #matMul}, {@link #conv2d} and {@link #conv2dTranspose}, forward and
   *     back
   * @param onCpu open while the graph is built, if all of it runs on a CPU; null elsewhere
   */
  TensorFlowAlgebra(Ops tf, Precision precision, @Nullable CustomGradients onCpu) {
    this.tf = GraphOps.of(tf);
    this.products = new Products(this.tf, precision, onCpu);
  }

  @Override
  public int batchSize(Operand<TFloat32> a) {
    long batch = a.shape().get(0);
    Require.argument(batch > 0, "the batch size of %s is not known in this graph", a.shape());
    return Math.toIntExact(batch);
  }

  @Override
  public Shape sampleShape(Operand<TFloat32> a) {
    long[] dimensions = a.shape().asArray();
    return Shape.of(Arrays.stream(dimensions).skip(1).mapToInt(Math::toIntExact).toArray());
  }

  @Override
  public Operand<TFloat32> add(Operand<TFloat32> a, Operand<TFloat32> b) {
    requireEqualShapes("add", a, b);
    return tf.math.add(a, b);
  }

  @Override
  public Operand<TFloat32> subtract(Operand<TFloat32> a, Operand<TFloat32> b) {
    requireEqualShapes("subtract", a, b);
    return tf.math.sub(a, b);
  }

  @Override
  public Operand<TFloat32> multiply(Operand<TFloat32> a, Operand<TFloat32> b) {
    requireEqualShapes("multiply", a, b);
    return tf.math.mul(a, b);
  }

  @Override
  public Operand<TFloat32> divide(Operand<TFloat32> a, Operand<TFloat32> b) {
    requireEqualShapes("divide", a, b);
    return tf.math.div(a, b);
  }

  @Override
  public Operand<TFloat32> add(Operand<TFloat32> a, double b) {
    return tf.math.add(a, number(b));
  }

  @Override
  public Operand<TFloat32> multiply(Operand<TFloat32> a, double b) {
    return tf.math.mul(a, number(b));
  }

  @Override
  public Operand<TFloat32> square(Operand<TFloat32> a) {
    return tf.math.square(a);
  }

  @Override
  public Operand<TFloat32> sqrt(Operand<TFloat32> a) {
    return tf.math.sqrt(a);
  }

  @Override
  public Operand<TFloat32> abs(Operand<TFloat32> a) {
    return tf.math.abs(a);
  }

  @Override
  public Operand<TFloat32> tanh(Operand<TFloat32> a) {
    return tf.math.tanh(a);
  }

  @Override
  public Operand<TFloat32> minimum(Operand<TFloat32> a, double b) {
    return tf.math.minimum(a, number(b));
  }

  @Override
  public Operand<TFloat32> maximum(Operand<TFloat32> a, double b) {
    return tf.math.maximum(a, number(b));
  }

  @Override
  public Operand<TFloat32> sum(Operand<TFloat32> a) {
    return tf.reduceSum(a, axesFrom(a, 0));
  }

  @Override
  public Operand<TFloat32> mean(Operand<TFloat32> a) {
    long size = a.shape().size();
    Require.argument(size > 0, "the size of %s is not known in this graph", a.shape());
    return multiply(sum(a), 1.0 / size);
  }

  @Override
  public Operand<TFloat32> sumPerSample(Operand<TFloat32> a) {
    return tf.reduceSum(a, axesFrom(a, 1));
  }

  @Override
  public Operand<TFloat32> multiplyPerSample(Operand<TFloat32> a, Operand<TFloat32> factors) {
    Require.argument(
        factors.shape().numDimensions() == 1 && factors.shape().get(0) == a.shape().get(0),
        "multiplyPerSample needs factors of shape [%s], not %s",
        a.shape().get(0),
        factors.shape());
    long[] column = new long[a.shape().numDimensions()];
    Arrays.fill(column, 1);
    column[0] = -1;
    return tf.math.mul(a, tf.reshape(factors, tf.constant(column)));
  }

  @Override
  public Operand<TFloat32> slice(Operand<TFloat32> a, int from, int to) {
    int width = sampleShape(a).size();
    Require.argument(
        0 <= from && from < to && to <= width,
        "slice from %s to %s must be within the %s elements of a sample of %s",
        from,
        to,
        width,
        a.shape());
    int[] start = {0, from};
    int[] size = {-1, to - from};
    return tf.slice(reshape(a, Shape.of(width)), tf.constant(start), tf.constant(size));
  }

  @Override
  public Operand<TFloat32> concat(Operand<TFloat32> a, Operand<TFloat32> b) {
    Require.argument(
        a.shape().get(0) == b.shape().get(0),
        "concat needs as many samples of each, not %s and %s",
        a.shape(),
        b.shape());
    Operand<TFloat32> first = reshape(a, Shape.of(sampleShape(a).size()));
    Operand<TFloat32> second = reshape(b, Shape.of(sampleShape(b).size()));
    return tf.concat(List.of(first, second), tf.constant(1));
  }

  /**
   * {@inheritDoc}
   *
   * <p>As rows of classes: TensorFlow's gradient of LogSoftmax sums over axis 1, whatever the rank.
   */
  @Override
  public Operand<TFloat32> logSoftmax(Operand<TFloat32> a) {
    Require.argument(
        a.shape().numDimensions() >= 2, "logSoftmax needs samples of classes, not %s", a.shape());
    Shape sample = sampleShape(a);
    long[] rows = {-1, sample.last()};
    Operand<TFloat32> flat = tf.nn.logSoftmax(tf.reshape(a, tf.constant(rows)));
    return tf.reshape(flat, tf.constant(a.shape().asArray()));
  }

  @Override
  public Operand<TFloat32> stopGradient(Operand<TFloat32> a) {
    return tf.stopGradient(a);
  }

  @Override
  public Operand<TFloat32> constant(Shape shape, double... values) {
    Require.argument(
        values.length == shape.size(),
        "shape %s holds %s values, not %s",
        shape,
        shape.size(),
        values.length);
    float[] narrowed = new float[values.length];
    for (int i = 0; i < narrowed.length; i++) {
      narrowed[i] = (float) values[i];
    }
    return tf.constant(
        org.tensorflow.ndarray.Shape.of(shape.toLongArray()), DataBuffers.of(narrowed));
  }

  @Override
  public Operand<TFloat32> matMul(Operand<TFloat32> a, Operand<TFloat32> matrix) {
    return products.matMul(a, matrix);
  }

  @Override
  public Operand<TFloat32> addBias(Operand<TFloat32> a, Operand<TFloat32> bias) {
    requirePerChannel("addBias needs a bias", a, bias);
    return tf.nn.biasAdd(a, bias);
  }

  @Override
  public Operand<TFloat32> channelMean(Operand<TFloat32> a) {
    int innermost = a.shape().numDimensions() - 1;
    return tf.math.mean(a, tf.constant(IntStream.range(0, innermost).toArray()));
  }

  @Override
  public Operand<TFloat32> scaleChannels(Operand<TFloat32> a, Operand<TFloat32> factors) {
    requirePerChannel("scaleChannels needs factors", a, factors);
    return tf.math.mul(a, factors);
  }

  private static void requirePerChannel(
      String needs, Operand<TFloat32> a, Operand<TFloat32> given) {
    Require.argument(
        given.shape().numDimensions() == 1 && given.shape().get(0) == a.shape().get(-1),
        "%s of shape [%s] for %s, not %s",
        needs,
        a.shape().get(-1),
        a.shape(),
        given.shape());
  }

  @Override
  public Operand<TFloat32> normalizeGroups(Operand<TFloat32> a, int groups, double epsilon) {
    Shape sample = sampleShape(a);
    int channels = sample.last();
    Require.positive("groups", groups);
    Require.positive("epsilon", epsilon);
    Require.argument(
        channels % groups == 0, "groups (%s) must divide the %s channels", groups, channels);
    long places = sample.size() / channels;
    long[] grouped = {-1, places, groups, channels / groups};
    Operand<TFloat32> split = tf.reshape(a, tf.constant(grouped));
    Operand<TInt32> axes = tf.constant(new int[] {1, 3});
    Operand<TFloat32> mean = tf.math.mean(split, axes, Mean.keepDims(true));
    Operand<TFloat32> centred = tf.math.sub(split, mean);
    Operand<TFloat32> variance = tf.math.mean(tf.math.square(centred), axes, Mean.keepDims(true));
    Operand<TFloat32> normalized = tf.math.div(centred, tf.math.sqrt(add(variance, epsilon)));
    return tf.reshape(normalized, tf.constant(a.shape().asArray()));
  }

  @Override
  public Operand<TFloat32> activate(Operand<TFloat32> a, Activation activation) {
    return switch (activation) {
      case IDENTITY -> a;
      case RELU -> tf.nn.relu(a);
      case LEAKY_RELU -> tf.nn.leakyRelu(a, LeakyRelu.alpha((float) Activation.LEAKY_SLOPE));
      case TANH -> tf.math.tanh(a);
      case SIGMOID -> tf.math.sigmoid(a);
      case SELU -> selu(a);
      case GELU -> gelu(a);
    };
  }

  /** TensorFlow's own has the slope from the right at 0, and wherever e^a - 1 rounds to 0. */
  private Operand<TFloat32> selu(Operand<TFloat32> a) {
    Operand<TFloat32> below = tf.math.expm1(tf.math.minimum(a, tf.constant(0f)));
    return multiply(
        tf.math.add(tf.nn.relu(a), multiply(below, Activation.SELU_ALPHA)), Activation.SELU_SCALE);
  }

  private Operand<TFloat32> gelu(Operand<TFloat32> a) {
    Operand<TFloat32> cube = tf.math.mul(tf.math.square(a), a);
    Operand<TFloat32> inner =
        multiply(add(a, multiply(cube, Activation.GELU_CUBIC)), Activation.GELU_SCALE);
    return tf.math.mul(multiply(a, 0.5), add(tf.math.tanh(inner), 1));
  }

  /** {@inheritDoc} The difference to a is exact, so that the sum is the whole number. */
  @Override
  public Operand<TFloat32> round(Operand<TFloat32> a) {
    return tf.math.add(a, tf.stopGradient(tf.math.sub(tf.math.rint(a), a)));
  }

  @Override
  public Operand<TFloat32> reshape(Operand<TFloat32> a, Shape sampleShape) {
    Require.argument(
        sampleShape.size() == sampleShape(a).size(),
        "cannot reshape samples of shape %s to %s",
        sampleShape(a),
        sampleShape);
    long[] dimensions =
        LongStream.concat(LongStream.of(a.shape().get(0)), Arrays.stream(sampleShape.toLongArray()))
            .toArray();
    return tf.reshape(a, tf.constant(dimensions));
  }

  @Override
  public Operand<TFloat32> conv2d(
      Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    return products.conv2d(a, kernel, stride, padding);
  }

  @Override
  public Operand<TFloat32> conv2dTranspose(
      Operand<TFloat32> a, Operand<TFloat32> kernel, int stride, int padding) {
    return products.conv2dTranspose(a, kernel, stride, padding);
  }

  private Operand<TInt32> axesFrom(Operand<TFloat32> a, int first) {
    return tf.constant(IntStream.range(first, a.shape().numDimensions()).toArray());
  }

  private Operand<TFloat32> number(double value) {
    return tf.constant((float) value);
  }

  private static void requireEqualShapes(String name, Operand<TFloat32> a, Operand<TFloat32> b) {
    Require.argument(
        Arrays.equals(a.shape().asArray(), b.shape().asArray()),
        "%s needs equal shapes, not %s and %s",
        name,
        a.shape(),
        b.shape());
  }
}
