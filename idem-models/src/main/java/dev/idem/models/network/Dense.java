package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.List;
import java.util.Optional;

/** activation(x W + b), with W [in, out] and samples as rows. */
record Dense(Weights weights, Activation activation) implements Layer {

  static Dense of(
      int index,
      int in,
      int out,
      Activation activation,
      Initializer kernel,
      Optional<Initializer> bias) {
    String name = "dense." + index;
    return new Dense(new Weights(name, Shape.of(in, out), out, in, out, kernel, bias), activation);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return weights.parameters();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    return weights.finish(pass.ops().matMul(x, weights.kernel(pass)), activation, pass);
  }
}
