package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;

/** Computes shapes by the rules of {@link NetworkAlgebra} and writes down the expression. */
final class TracingAlgebra implements NetworkAlgebra<Traced> {

  @Override
  public Traced matMul(Traced a, Traced matrix) {
    Require.argument(a.shape().rank() == 1, "matMul takes rows, not %s", a.shape());
    same(a.shape().last(), matrix.shape().dimension(0));
    return new Traced(call("matMul", a, matrix), Shape.of(matrix.shape().last()));
  }

  @Override
  public Traced addBias(Traced a, Traced bias) {
    same(a.shape().last(), bias.shape().size());
    return new Traced(call("addBias", a, bias), a.shape());
  }

  @Override
  public Traced channelMean(Traced a) {
    return new Traced("channelMean(" + a.expression() + ")", Shape.of(a.shape().last()));
  }

  @Override
  public Traced scaleChannels(Traced a, Traced factors) {
    same(a.shape().last(), factors.shape().size());
    return new Traced(call("scaleChannels", a, factors), a.shape());
  }

  @Override
  public Traced normalizeGroups(Traced a, int groups, double epsilon) {
    same(0, a.shape().last() % groups);
    return new Traced("groups(" + a.expression() + ", " + groups + ")", a.shape());
  }

  @Override
  public Traced activate(Traced a, Activation activation) {
    return new Traced(activation.label() + "(" + a.expression() + ")", a.shape());
  }

  @Override
  public Traced round(Traced a) {
    return new Traced("round(" + a.expression() + ")", a.shape());
  }

  @Override
  public Traced reshape(Traced a, Shape sampleShape) {
    same(a.shape().size(), sampleShape.size());
    return new Traced("reshape(" + a.expression() + ", " + sampleShape + ")", sampleShape);
  }

  @Override
  public Traced conv2d(Traced a, Traced kernel, int stride, int padding) {
    same(a.shape().last(), kernel.shape().dimension(2));
    Shape shape =
        Shape.of(
            (a.shape().dimension(0) + 2 * padding - kernel.shape().dimension(0)) / stride + 1,
            (a.shape().dimension(1) + 2 * padding - kernel.shape().dimension(1)) / stride + 1,
            kernel.shape().dimension(3));
    return new Traced(call("conv2d", a, kernel), shape);
  }

  @Override
  public Traced conv2dTranspose(Traced a, Traced kernel, int stride, int padding) {
    same(a.shape().last(), kernel.shape().dimension(3));
    Shape shape =
        Shape.of(
            (a.shape().dimension(0) - 1) * stride - 2 * padding + kernel.shape().dimension(0),
            (a.shape().dimension(1) - 1) * stride - 2 * padding + kernel.shape().dimension(1),
            kernel.shape().dimension(2));
    return new Traced(call("conv2dTranspose", a, kernel), shape);
  }

  @Override
  public Traced add(Traced a, Traced b) {
    Require.argument(a.shape().equals(b.shape()), "%s + %s", a.shape(), b.shape());
    return new Traced(call("add", a, b), a.shape());
  }

  @Override
  public Traced slice(Traced a, int from, int to) {
    Require.argument(
        0 <= from && from < to && to <= a.shape().size(), "%s-%s of %s", from, to, a.shape());
    return new Traced(
        "slice(" + a.expression() + ", " + from + ", " + to + ")", Shape.of(to - from));
  }

  @Override
  public Traced concat(Traced a, Traced b) {
    return new Traced(call("concat", a, b), Shape.of(a.shape().size() + b.shape().size()));
  }

  @Override
  public Traced logSoftmax(Traced a) {
    return new Traced("logSoftmax(" + a.expression() + ")", a.shape());
  }

  @Override
  public Shape sampleShape(Traced a) {
    return a.shape();
  }

  private static String call(String operation, Traced a, Traced b) {
    return operation + "(" + a.expression() + ", " + b.expression() + ")";
  }

  private static void same(int a, int b) {
    Require.argument(a == b, "%s must equal %s", a, b);
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("networks do not use this operation");
  }

  @Override
  public Traced constant(Shape shape, double... values) {
    throw unused();
  }

  @Override
  public int batchSize(Traced a) {
    throw unused();
  }

  @Override
  public Traced subtract(Traced a, Traced b) {
    throw unused();
  }

  @Override
  public Traced multiply(Traced a, Traced b) {
    throw unused();
  }

  @Override
  public Traced divide(Traced a, Traced b) {
    throw unused();
  }

  @Override
  public Traced add(Traced a, double b) {
    throw unused();
  }

  @Override
  public Traced multiply(Traced a, double b) {
    throw unused();
  }

  @Override
  public Traced square(Traced a) {
    throw unused();
  }

  @Override
  public Traced sqrt(Traced a) {
    throw unused();
  }

  @Override
  public Traced abs(Traced a) {
    throw unused();
  }

  @Override
  public Traced tanh(Traced a) {
    throw unused();
  }

  @Override
  public Traced minimum(Traced a, double b) {
    throw unused();
  }

  @Override
  public Traced maximum(Traced a, double b) {
    throw unused();
  }

  @Override
  public Traced sum(Traced a) {
    throw unused();
  }

  @Override
  public Traced mean(Traced a) {
    throw unused();
  }

  @Override
  public Traced sumPerSample(Traced a) {
    throw unused();
  }

  @Override
  public Traced multiplyPerSample(Traced a, Traced factors) {
    throw unused();
  }

  @Override
  public Traced stopGradient(Traced a) {
    throw unused();
  }
}
