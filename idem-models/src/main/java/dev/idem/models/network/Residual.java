package dev.idem.models.network;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/**
 * f(x) = x + g(x), with the parameters of g under their own names. Where g is small f is near the
 * identity, an idempotent map.
 *
 * @param inner g
 */
public record Residual(Network inner) implements Network {

  @Override
  public Shape shape() {
    return inner.shape();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return inner.parameters();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    return pass.ops().add(x, inner.apply(x, pass));
  }

  /** Such as {@code residual (mlp 16-64-16 tanh)}. */
  @Override
  public String description() {
    return "residual (" + inner.description() + ")";
  }
}
