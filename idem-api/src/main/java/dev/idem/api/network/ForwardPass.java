package dev.idem.api.network;

import dev.idem.api.algebra.NetworkAlgebra;

/**
 * The context that an engine gives a network when applying it.
 *
 * @param <T> the engine's tensor
 */
public interface ForwardPass<T> {

  /** The operations to compute with. */
  NetworkAlgebra<T> ops();

  /**
   * The current value of a parameter that the network declared.
   *
   * @throws IllegalArgumentException if the network declared none of that name
   */
  T parameter(String name);

  /**
   * {@code a} with every channel, the innermost axis, brought to mean 0 and variance 1: by the
   * statistics of this batch in training, by running ones of this kind of input in inference. See
   * {@link BatchNormalization}.
   *
   * @param name of a place that the network declared in {@link Network#statistics}
   * @throws IllegalArgumentException if the network declared none of that name
   */
  T normalizeBatch(String name, T a);
}
