package dev.idem.api.contract;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * Square dense layers with biases on samples of any shape: what strategies are tried on.
 *
 * @param shape of a sample, flattened for the layers
 * @param activations of the layers, one each
 */
record StackedNetwork(Shape shape, List<Activation> activations) implements Network {

  StackedNetwork {
    activations = List.copyOf(activations);
  }

  /** x K, with K the parameter {@code kernel.0}, and a bias. */
  static StackedNetwork linear(Shape shape) {
    return new StackedNetwork(shape, List.of(Activation.IDENTITY));
  }

  /** Smooth and not linear. */
  static StackedNetwork smooth(Shape shape) {
    return new StackedNetwork(shape, List.of(Activation.TANH, Activation.IDENTITY));
  }

  @Override
  public List<ParameterSpec> parameters() {
    int n = shape.size();
    double bound = 1 / Math.sqrt(n);
    Initializer uniform =
        (parameter, random) -> random.doubles(parameter.shape().size(), -bound, bound).toArray();
    List<ParameterSpec> parameters = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      parameters.add(new ParameterSpec("kernel." + i, Shape.of(n, n), n, n, uniform));
      parameters.add(new ParameterSpec("bias." + i, Shape.of(n), n, n, uniform));
    }
    return parameters;
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T y = ops.reshape(x, Shape.of(shape.size()));
    for (int i = 0; i < activations.size(); i++) {
      T linear = ops.matMul(y, pass.parameter("kernel." + i));
      y = ops.activate(ops.addBias(linear, pass.parameter("bias." + i)), activations.get(i));
    }
    return ops.reshape(y, shape);
  }

  @Override
  public String description() {
    return "stacked " + shape + " " + activations.stream().map(Activation::label).toList();
  }
}
