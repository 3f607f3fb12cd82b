package com.example.engine;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/**
 * f(x) = tanh(x A) B.
 *
 * @param width of x and of f(x)
 * @param hidden the columns of A and the rows of B
 */
record TanhMap(int width, int hidden) implements Network {

  /** N(0, 1 / fan-in). */
  private static final Initializer NORMAL =
      (parameter, random) ->
          random
              .doubles(parameter.shape().size())
              .map(unused -> random.nextGaussian() / Math.sqrt(parameter.fanIn()))
              .toArray();

  @Override
  public Shape shape() {
    return Shape.of(width);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        new ParameterSpec("A", Shape.of(width, hidden), width, hidden, NORMAL),
        new ParameterSpec("B", Shape.of(hidden, width), hidden, width, NORMAL));
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T inner = ops.activate(ops.matMul(x, pass.parameter("A")), Activation.TANH);
    return ops.matMul(inner, pass.parameter("B"));
  }

  @Override
  public String description() {
    return "tanh %d-%d-%d".formatted(width, hidden, width);
  }
}
