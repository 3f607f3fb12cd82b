package dev.idem.api.network;

import dev.idem.api.algebra.Shape;
import java.util.List;

/**
 * A parametrised map f from samples of one shape to samples of the same shape: what is made
 * idempotent. A definition holds no values and knows no engine; {@link #apply} is generic, so that
 * one definition runs on each.
 */
public interface Network {

  /** The shape of one sample, of input and output alike. */
  Shape shape();

  /** The trainable tensors, in a fixed order, with unique names. */
  List<ParameterSpec> parameters();

  /**
   * f(x).
   *
   * @param x [batch, ...shape]
   * @return [batch, ...shape]
   */
  <T> T apply(T x, ForwardPass<T> pass);

  /** A line that tells a reader the architecture, such as {@code mlp 16-64-64-16 leaky-relu}. */
  String description();

  /**
   * The places that normalise by batch statistics, in a fixed order, with unique names; none unless
   * a network says otherwise.
   */
  default List<StatisticsSpec> statistics() {
    return List.of();
  }

  /** The number of trainable values. */
  default long parameterCount() {
    return parameters().stream().mapToLong(parameter -> parameter.shape().size()).sum();
  }
}
