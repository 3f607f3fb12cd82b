package dev.idem.api.network;

import dev.idem.api.algebra.NetworkAlgebra;

/**
 * What an engine hands a network when it applies it.
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
}
