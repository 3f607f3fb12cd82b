package dev.idem.api.reference;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.reference.ReferenceTensor.Edge;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** The algebra on arrays of doubles, each operation with its exact derivative. */
public final class ReferenceAlgebra implements NetworkAlgebra<ReferenceTensor> {

  @Override
  public int batchSize(ReferenceTensor a) {
    return a.shape().dimension(0);
  }

  @Override
  public Shape sampleShape(ReferenceTensor a) {
    return a.shape().rank() == 0 ? Shape.SCALAR : a.shape().unbatched();
  }

  @Override
  public ReferenceTensor add(ReferenceTensor a, ReferenceTensor b) {
    return binary("add", a, b, Double::sum, (x, y) -> 1, (x, y) -> 1);
  }

  @Override
  public ReferenceTensor subtract(ReferenceTensor a, ReferenceTensor b) {
    return binary("subtract", a, b, (x, y) -> x - y, (x, y) -> 1, (x, y) -> -1);
  }

  @Override
  public ReferenceTensor multiply(ReferenceTensor a, ReferenceTensor b) {
    return binary("multiply", a, b, (x, y) -> x * y, (x, y) -> y, (x, y) -> x);
  }

  @Override
  public ReferenceTensor divide(ReferenceTensor a, ReferenceTensor b) {
    return binary("divide", a, b, (x, y) -> x / y, (x, y) -> 1 / y, (x, y) -> -x / (y * y));
  }

  @Override
  public ReferenceTensor add(ReferenceTensor a, double b) {
    return unary(a, x -> x + b, x -> 1);
  }

  @Override
  public ReferenceTensor multiply(ReferenceTensor a, double b) {
    return unary(a, x -> x * b, x -> b);
  }

  @Override
  public ReferenceTensor square(ReferenceTensor a) {
    return unary(a, x -> x * x, x -> 2 * x);
  }

  @Override
  public ReferenceTensor sqrt(ReferenceTensor a) {
    return unary(a, Math::sqrt, x -> 0.5 / Math.sqrt(x));
  }

  @Override
  public ReferenceTensor abs(ReferenceTensor a) {
    return unary(a, Math::abs, Math::signum);
  }

  @Override
  public ReferenceTensor tanh(ReferenceTensor a) {
    return activate(a, Activation.TANH);
  }

  @Override
  public ReferenceTensor minimum(ReferenceTensor a, double b) {
    return unary(a, x -> Math.min(x, b), x -> x <= b ? 1 : 0);
  }

  @Override
  public ReferenceTensor maximum(ReferenceTensor a, double b) {
    return unary(a, x -> Math.max(x, b), x -> x >= b ? 1 : 0);
  }

  @Override
  public ReferenceTensor sum(ReferenceTensor a) {
    double[] x = a.data();
    double[] sum = {Arrays.stream(x).sum()};
    return new ReferenceTensor(Shape.SCALAR, sum, new Edge(a, g -> generate(x.length, i -> g[0])));
  }

  @Override
  public ReferenceTensor mean(ReferenceTensor a) {
    return multiply(sum(a), 1.0 / a.data().length);
  }

  @Override
  public ReferenceTensor sumPerSample(ReferenceTensor a) {
    double[] x = a.data();
    int width = x.length / batchSize(a);
    return new ReferenceTensor(
        Shape.of(batchSize(a)),
        sums(batchSize(a), x.length, i -> i / width, i -> x[i]),
        new Edge(a, g -> generate(x.length, i -> g[i / width])));
  }

  @Override
  public ReferenceTensor multiplyPerSample(ReferenceTensor a, ReferenceTensor factors) {
    Require.argument(
        factors.shape().equals(Shape.of(batchSize(a))),
        "multiplyPerSample needs factors of shape [%s], not %s",
        batchSize(a),
        factors.shape());
    int width = a.data().length / batchSize(a);
    return scaled(a, factors, i -> i / width);
  }

  @Override
  public ReferenceTensor slice(ReferenceTensor a, int from, int to) {
    double[] x = a.data();
    int batch = batchSize(a);
    int width = x.length / batch;
    Require.argument(
        0 <= from && from < to && to <= width,
        "slice from %s to %s must be within the %s elements of a sample of %s",
        from,
        to,
        width,
        a.shape());
    int part = to - from;
    return new ReferenceTensor(
        Shape.of(batch, part),
        generate(batch * part, i -> x[i / part * width + from + i % part]),
        new Edge(
            a,
            g ->
                generate(
                    x.length,
                    i -> {
                      int place = i % width - from;
                      return 0 <= place && place < part ? g[i / width * part + place] : 0;
                    })));
  }

  @Override
  public ReferenceTensor concat(ReferenceTensor a, ReferenceTensor b) {
    double[] x = a.data();
    double[] y = b.data();
    int batch = batchSize(a);
    Require.argument(
        batchSize(b) == batch,
        "concat needs as many samples of each, not %s and %s",
        a.shape(),
        b.shape());
    int first = x.length / batch;
    int second = y.length / batch;
    int width = first + second;
    return new ReferenceTensor(
        Shape.of(batch, width),
        generate(
            batch * width,
            i -> {
              int place = i % width;
              return place < first
                  ? x[i / width * first + place]
                  : y[i / width * second + place - first];
            }),
        new Edge(a, g -> generate(x.length, i -> g[i / first * width + i % first])),
        new Edge(b, g -> generate(y.length, i -> g[i / second * width + first + i % second])));
  }

  /** {@inheritDoc} The largest is taken out first, so that no exponential overflows. */
  @Override
  public ReferenceTensor logSoftmax(ReferenceTensor a) {
    Require.argument(
        a.shape().rank() >= 2, "logSoftmax needs samples of classes, not %s", a.shape());
    double[] x = a.data();
    int classes = a.shape().last();
    int rows = x.length / classes;
    double[] largest =
        generate(
            rows,
            row ->
                Arrays.stream(x, row * classes, (row + 1) * classes)
                    .reduce(Double.NEGATIVE_INFINITY, Math::max));
    double[] sums =
        sums(rows, x.length, i -> i / classes, i -> Math.exp(x[i] - largest[i / classes]));
    double[] logSums = generate(rows, row -> Math.log(sums[row]));
    double[] logSoftmax =
        generate(x.length, i -> x[i] - largest[i / classes] - logSums[i / classes]);
    return new ReferenceTensor(
        a.shape(),
        logSoftmax,
        new Edge(
            a,
            g -> {
              double[] total = sums(rows, x.length, i -> i / classes, i -> g[i]);
              return generate(x.length, i -> g[i] - Math.exp(logSoftmax[i]) * total[i / classes]);
            }));
  }

  @Override
  public ReferenceTensor stopGradient(ReferenceTensor a) {
    return new ReferenceTensor(a.shape(), a.data());
  }

  @Override
  public ReferenceTensor constant(Shape shape, double... values) {
    return ReferenceTensor.of(shape, values);
  }

  @Override
  public ReferenceTensor matMul(ReferenceTensor a, ReferenceTensor matrix) {
    Require.argument(
        a.shape().rank() == 2
            && matrix.shape().rank() == 2
            && a.shape().last() == matrix.shape().dimension(0),
        "matMul cannot multiply %s by %s",
        a.shape(),
        matrix.shape());
    int rows = a.shape().dimension(0);
    int inner = a.shape().last();
    int columns = matrix.shape().last();
    double[] x = a.data();
    double[] k = matrix.data();
    return new ReferenceTensor(
        Shape.of(rows, columns),
        product(x, k, rows, inner, columns),
        new Edge(a, g -> product(g, transposed(k, inner, columns), rows, columns, inner)),
        new Edge(matrix, g -> product(transposed(x, rows, inner), g, inner, rows, columns)));
  }

  /** [rows, inner] times [inner, columns]. */
  private static double[] product(double[] a, double[] b, int rows, int inner, int columns) {
    double[] product = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = a[i * inner + k];
        for (int j = 0; j < columns; j++) {
          product[i * columns + j] += factor * b[k * columns + j];
        }
      }
    }
    return product;
  }

  private static double[] transposed(double[] a, int rows, int columns) {
    return generate(a.length, i -> a[i % rows * columns + i / rows]);
  }

  @Override
  public ReferenceTensor addBias(ReferenceTensor a, ReferenceTensor bias) {
    int channels = requirePerChannel("addBias needs a bias", a, bias);
    double[] x = a.data();
    double[] b = bias.data();
    return new ReferenceTensor(
        a.shape(),
        generate(x.length, i -> x[i] + b[i % channels]),
        new Edge(a, g -> g),
        new Edge(bias, g -> sums(channels, g.length, i -> i % channels, i -> g[i])));
  }

  @Override
  public ReferenceTensor channelMean(ReferenceTensor a) {
    double[] x = a.data();
    int channels = a.shape().last();
    int places = x.length / channels;
    return new ReferenceTensor(
        Shape.of(channels),
        means(channels, x.length, i -> i % channels, i -> x[i]),
        new Edge(a, g -> generate(x.length, i -> g[i % channels] / places)));
  }

  @Override
  public ReferenceTensor scaleChannels(ReferenceTensor a, ReferenceTensor factors) {
    int channels = requirePerChannel("scaleChannels needs factors", a, factors);
    return scaled(a, factors, i -> i % channels);
  }

  private static int requirePerChannel(String needs, ReferenceTensor a, ReferenceTensor given) {
    int channels = a.shape().last();
    Require.argument(
        given.shape().equals(Shape.of(channels)),
        "%s of shape [%s] for %s, not %s",
        needs,
        channels,
        a.shape(),
        given.shape());
    return channels;
  }

  /**
   * {@inheritDoc} With x the outcome and s = sqrt(variance + epsilon), the gradient at a is (g -
   * mean(g) - x mean(g x)) / s, with means over the group.
   */
  @Override
  public ReferenceTensor normalizeGroups(ReferenceTensor a, int groups, double epsilon) {
    int channels = a.shape().last();
    Require.positive("groups", groups);
    Require.positive("epsilon", epsilon);
    Require.argument(
        channels % groups == 0, "groups (%s) must divide the %s channels", groups, channels);
    double[] x = a.data();
    int size = x.length;
    int sampleSize = size / batchSize(a);
    int count = batchSize(a) * groups;
    int[] group = new int[size];
    Arrays.setAll(group, i -> i / sampleSize * groups + i % channels / (channels / groups));
    double[] mean = means(count, size, i -> group[i], i -> x[i]);
    double[] centred = generate(size, i -> x[i] - mean[group[i]]);
    double[] variance = means(count, size, i -> group[i], i -> centred[i] * centred[i]);
    double[] deviation = generate(count, i -> Math.sqrt(variance[i] + epsilon));
    double[] normalized = generate(size, i -> centred[i] / deviation[group[i]]);
    return new ReferenceTensor(
        a.shape(),
        normalized,
        new Edge(
            a,
            g -> {
              double[] gradient = means(count, size, i -> group[i], i -> g[i]);
              double[] product = means(count, size, i -> group[i], i -> g[i] * normalized[i]);
              return generate(
                  size,
                  i ->
                      (g[i] - gradient[group[i]] - normalized[i] * product[group[i]])
                          / deviation[group[i]]);
            }));
  }

  @Override
  public ReferenceTensor activate(ReferenceTensor a, Activation activation) {
    return unary(a, activation::value, activation::derivative);
  }

  @Override
  public ReferenceTensor round(ReferenceTensor a) {
    return unary(a, Math::rint, x -> 1);
  }

  @Override
  public ReferenceTensor reshape(ReferenceTensor a, Shape sampleShape) {
    Require.argument(
        sampleShape.size() == sampleShape(a).size(),
        "cannot reshape samples of shape %s to %s",
        sampleShape(a),
        sampleShape);
    return new ReferenceTensor(
        sampleShape.batched(batchSize(a)), a.data(), new Edge(a, gradient -> gradient));
  }

  @Override
  public ReferenceTensor conv2d(
      ReferenceTensor a, ReferenceTensor kernel, int stride, int padding) {
    Convolution convolution = Convolution.of(a.shape(), kernel.shape(), stride, padding);
    return new ReferenceTensor(
        convolution.outputShape(),
        convolution.apply(a.data(), kernel.data()),
        new Edge(a, g -> convolution.transpose(g, kernel.data())),
        new Edge(kernel, g -> convolution.kernelGradient(a.data(), g)));
  }

  @Override
  public ReferenceTensor conv2dTranspose(
      ReferenceTensor a, ReferenceTensor kernel, int stride, int padding) {
    Convolution convolution = Convolution.transposedBy(a.shape(), kernel.shape(), stride, padding);
    return new ReferenceTensor(
        convolution.inputShape(),
        convolution.transpose(a.data(), kernel.data()),
        new Edge(a, g -> convolution.apply(g, kernel.data())),
        new Edge(kernel, g -> convolution.kernelGradient(g, a.data())));
  }

  private static ReferenceTensor unary(
      ReferenceTensor a, DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
    double[] x = a.data();
    return new ReferenceTensor(
        a.shape(),
        generate(x.length, i -> value.applyAsDouble(x[i])),
        new Edge(a, g -> generate(x.length, i -> g[i] * derivative.applyAsDouble(x[i]))));
  }

  private static ReferenceTensor binary(
      String name,
      ReferenceTensor a,
      ReferenceTensor b,
      DoubleBinaryOperator value,
      DoubleBinaryOperator byFirst,
      DoubleBinaryOperator bySecond) {
    Require.argument(
        a.shape().equals(b.shape()),
        "%s needs equal shapes, not %s and %s",
        name,
        a.shape(),
        b.shape());
    double[] x = a.data();
    double[] y = b.data();
    return new ReferenceTensor(
        a.shape(),
        generate(x.length, i -> value.applyAsDouble(x[i], y[i])),
        new Edge(a, g -> generate(x.length, i -> g[i] * byFirst.applyAsDouble(x[i], y[i]))),
        new Edge(b, g -> generate(x.length, i -> g[i] * bySecond.applyAsDouble(x[i], y[i]))));
  }

  /** Every element of {@code a} times the factor at its index. */
  private static ReferenceTensor scaled(
      ReferenceTensor a, ReferenceTensor factors, IntUnaryOperator index) {
    double[] x = a.data();
    double[] c = factors.data();
    return new ReferenceTensor(
        a.shape(),
        generate(x.length, i -> x[i] * c[index.applyAsInt(i)]),
        new Edge(a, g -> generate(x.length, i -> g[i] * c[index.applyAsInt(i)])),
        new Edge(factors, g -> sums(c.length, x.length, index, i -> g[i] * x[i])));
  }

  /** The sum of the values of each set that numbers 0 to {@code size} - 1 belong to, in order. */
  private static double[] sums(
      int sets, int size, IntUnaryOperator setOf, IntToDoubleFunction value) {
    double[] sums = new double[sets];
    for (int i = 0; i < size; i++) {
      sums[setOf.applyAsInt(i)] += value.applyAsDouble(i);
    }
    return sums;
  }

  private static double[] means(
      int sets, int size, IntUnaryOperator setOf, IntToDoubleFunction value) {
    double[] sums = sums(sets, size, setOf, value);
    return generate(sets, set -> sums[set] / ((double) size / sets));
  }

  private static double[] generate(int size, IntToDoubleFunction value) {
    double[] values = new double[size];
    Arrays.setAll(values, value);
    return values;
  }
}
