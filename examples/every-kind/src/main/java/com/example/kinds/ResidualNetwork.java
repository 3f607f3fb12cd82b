package com.example.kinds;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/** f(x) = x + tanh(x K), on rows of {@code width} numbers. */
public record ResidualNetwork(int width) implements Network {
  @Override
  public Shape shape() {
    return Shape.of(width);
  }

  @Override
  public List<ParameterSpec> parameters() {
    Initializer small =
        (kernel, random) -> random.doubles(kernel.shape().size(), -0.1, 0.1).toArray();
    return List.of(new ParameterSpec("kernel", Shape.of(width, width), width, width, small));
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    return pass.ops().add(x, pass.ops().tanh(pass.ops().matMul(x, pass.parameter("kernel"))));
  }

  @Override
  public String description() {
    return "residual " + width;
  }
}
