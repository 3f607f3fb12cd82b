package dev.idem.models.network;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/** The same numbers, each sample in another shape. */
record Reshape(Shape sampleShape) implements Layer {

  @Override
  public List<ParameterSpec> parameters() {
    return List.of();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    return pass.ops().reshape(x, sampleShape);
  }
}
