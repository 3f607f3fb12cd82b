package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernel and, if it has one, the bias of a layer.
 *
 * @param layer prefix of the parameters' names
 * @param kernel the kernel's shape
 * @param outputs the number of output channels
 * @param fanIn inputs that reach one output
 * @param fanOut outputs that one input reaches
 */
record Weights(
    String layer,
    Shape kernel,
    int outputs,
    int fanIn,
    int fanOut,
    Initializer kernelInitializer,
    Optional<Initializer> biasInitializer) {

  List<ParameterSpec> parameters() {
    ParameterSpec kernelSpec =
        new ParameterSpec(kernelName(), kernel, fanIn, fanOut, kernelInitializer);
    Optional<ParameterSpec> biasSpec =
        biasInitializer.map(
            initializer ->
                new ParameterSpec(biasName(), Shape.of(outputs), fanIn, fanOut, initializer));
    return Stream.concat(Stream.of(kernelSpec), biasSpec.stream()).toList();
  }

  <T> T kernel(ForwardPass<T> pass) {
    return pass.parameter(kernelName());
  }

  /** {@code activation} of {@code product} plus the bias. */
  <T> T finish(T product, Activation activation, ForwardPass<T> pass) {
    T sum =
        biasInitializer.isPresent()
            ? pass.ops().addBias(product, pass.parameter(biasName()))
            : product;
    return activation == Activation.IDENTITY ? sum : pass.ops().activate(sum, activation);
  }

  private String kernelName() {
    return layer + ".kernel";
  }

  private String biasName() {
    return layer + ".bias";
  }
}
