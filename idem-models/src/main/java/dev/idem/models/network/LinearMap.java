package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.models.initializer.Initializers;
import java.util.Optional;

/**
 * f(x) = x K, or x K + b: the map whose idempotency is that of the matrix K. Samples are rows [n],
 * K is the parameter {@code dense.0.kernel} [n, n], b is {@code dense.0.bias} [n].
 *
 * @param width n, positive
 * @param kernelInitializer of K
 * @param biasInitializer of b; empty for a map without bias
 */
public record LinearMap(
    int width, Initializer kernelInitializer, Optional<Initializer> biasInitializer)
    implements Layers.Sequential {

  public LinearMap {
    Require.positive("width", width);
  }

  /** Without bias, K drawn by {@link Initializers#uniformFanIn}. */
  public LinearMap(int width) {
    this(width, Initializers.uniformFanIn());
  }

  /** Without bias. */
  public LinearMap(int width, Initializer kernelInitializer) {
    this(width, kernelInitializer, Optional.empty());
  }

  /** The same map with a bias that starts from zero. */
  public LinearMap withBias() {
    return new LinearMap(width, kernelInitializer, Optional.of(Initializers.zeros()));
  }

  @Override
  public Shape shape() {
    return Shape.of(width);
  }

  /** Such as {@code linear 16-16, bias}. */
  @Override
  public String description() {
    return "linear " + width + "-" + width + (biasInitializer.isPresent() ? ", bias" : "");
  }

  @Override
  public Layers layerSequence() {
    return new Layers(kernelInitializer, biasInitializer, Normalization.none())
        .dense(width, width, Activation.IDENTITY, false);
  }
}
