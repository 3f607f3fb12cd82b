package dev.idem.api.reference;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.reference.ReferenceTensor.Edge;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The algebra on arrays of doubles, each operation with its exact derivative. */
public final class ReferenceAlgebra implements NetworkAlgebra<ReferenceTensor> {

  @Override
  public int batchSize(ReferenceTensor a) {
    return a.shape().dimension(0);
  }

  @Override
  public Shape sampleShape(ReferenceTensor a) {
    return a.shape().unbatched();
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
    int size = a.data().length;
    double[] sum = {Arrays.stream(a.data()).sum()};
    return new ReferenceTensor(Shape.SCALAR, sum, new Edge(a, g -> filled(size, g[0])));
  }

  @Override
  public ReferenceTensor mean(ReferenceTensor a) {
    return multiply(sum(a), 1.0 / a.data().length);
  }

  @Override
  public ReferenceTensor sumPerSample(ReferenceTensor a) {
    int batch = batchSize(a);
    int width = a.data().length / batch;
    double[] sums = new double[batch];
    for (int i = 0; i < a.data().length; i++) {
      sums[i / width] += a.data()[i];
    }
    return new ReferenceTensor(
        Shape.of(batch), sums, new Edge(a, g -> generate(batch * width, i -> g[i / width])));
  }

  @Override
  public ReferenceTensor multiplyPerSample(ReferenceTensor a, ReferenceTensor factors) {
    int batch = batchSize(a);
    Require.argument(
        factors.shape().equals(Shape.of(batch)),
        "multiplyPerSample needs factors of shape [%s], not %s",
        batch,
        factors.shape());
    int size = a.data().length;
    int width = size / batch;
    double[] x = a.data();
    double[] c = factors.data();
    return new ReferenceTensor(
        a.shape(),
        generate(size, i -> x[i] * c[i / width]),
        new Edge(a, g -> generate(size, i -> g[i] * c[i / width])),
        new Edge(
            factors,
            g -> {
              double[] gradient = new double[batch];
              for (int i = 0; i < size; i++) {
                gradient[i / width] += g[i] * x[i];
              }
              return gradient;
            }));
  }

  @Override
  public ReferenceTensor slice(ReferenceTensor a, int from, int to) {
    return Segments.slice(a, from, to);
  }

  @Override
  public ReferenceTensor concat(ReferenceTensor a, ReferenceTensor b) {
    return Segments.concat(a, b);
  }

  @Override
  public ReferenceTensor logSoftmax(ReferenceTensor a) {
    return Softmax.log(a);
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
    return new ReferenceTensor(
        Shape.of(rows, columns),
        Matrices.multiply(a.data(), matrix.data(), rows, inner, columns),
        new Edge(
            a,
            g ->
                Matrices.multiply(
                    g, Matrices.transpose(matrix.data(), inner, columns), rows, columns, inner)),
        new Edge(
            matrix,
            g ->
                Matrices.multiply(
                    Matrices.transpose(a.data(), rows, inner), g, inner, rows, columns)));
  }

  @Override
  public ReferenceTensor addBias(ReferenceTensor a, ReferenceTensor bias) {
    int channels = a.shape().last();
    Require.argument(
        bias.shape().equals(Shape.of(channels)),
        "addBias needs a bias of shape [%s] for %s, not %s",
        channels,
        a.shape(),
        bias.shape());
    double[] x = a.data();
    double[] b = bias.data();
    return new ReferenceTensor(
        a.shape(),
        generate(x.length, i -> x[i] + b[i % channels]),
        new Edge(a, g -> g),
        new Edge(
            bias,
            g -> {
              double[] gradient = new double[channels];
              for (int i = 0; i < g.length; i++) {
                gradient[i % channels] += g[i];
              }
              return gradient;
            }));
  }

  @Override
  public ReferenceTensor channelMean(ReferenceTensor a) {
    int channels = a.shape().last();
    int places = a.data().length / channels;
    double[] means = new double[channels];
    for (int i = 0; i < a.data().length; i++) {
      means[i % channels] += a.data()[i];
    }
    Arrays.setAll(means, i -> means[i] / places);
    return new ReferenceTensor(
        Shape.of(channels),
        means,
        new Edge(a, g -> generate(channels * places, i -> g[i % channels] / places)));
  }

  @Override
  public ReferenceTensor scaleChannels(ReferenceTensor a, ReferenceTensor factors) {
    int channels = a.shape().last();
    Require.argument(
        factors.shape().equals(Shape.of(channels)),
        "scaleChannels needs factors of shape [%s] for %s, not %s",
        channels,
        a.shape(),
        factors.shape());
    double[] x = a.data();
    double[] c = factors.data();
    return new ReferenceTensor(
        a.shape(),
        generate(x.length, i -> x[i] * c[i % channels]),
        new Edge(a, g -> generate(g.length, i -> g[i] * c[i % channels])),
        new Edge(
            factors,
            g -> {
              double[] gradient = new double[channels];
              for (int i = 0; i < g.length; i++) {
                gradient[i % channels] += g[i] * x[i];
              }
              return gradient;
            }));
  }

  @Override
  public ReferenceTensor normalizeGroups(ReferenceTensor a, int groups, double epsilon) {
    GroupNormalization normalization = new GroupNormalization(a.shape(), a.data(), groups, epsilon);
    return new ReferenceTensor(
        a.shape(), normalization.normalized(), new Edge(a, normalization::pullback));
  }

  @Override
  public ReferenceTensor activate(ReferenceTensor a, Activation activation) {
    return unary(
        a, x -> Activations.value(activation, x), x -> Activations.derivative(activation, x));
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

  private static double[] filled(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] generate(int size, java.util.function.IntToDoubleFunction value) {
    double[] values = new double[size];
    Arrays.setAll(values, value);
    return values;
  }
}
