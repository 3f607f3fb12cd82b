package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;

/**
 * A way to spoil images, so that it can be seen what projection makes of them. The four of Shocher
 * et al., Idempotent Generative Network, ICLR 2024, are in {@link Degradations}.
 */
public interface Degradation {

  /**
   * Degraded copies.
   *
   * @param images [n][h w c], in [-1, 1]; not changed
   * @param shape [h, w, c]
   * @param seed of what is random in it; image i of one seed is always degraded alike
   * @return [n][h w c]
   * @throws IllegalArgumentException if the shape does not suit
   */
  float[][] apply(float[][] images, Shape shape, long seed);

  /** What is done, such as {@code noise of deviation 0.15}. */
  String description();
}
