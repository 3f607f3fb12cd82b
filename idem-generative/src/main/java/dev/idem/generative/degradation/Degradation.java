package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;

/**
 * A way to degrade images, to show what projection makes of them. The four of Shocher et al.,
 * Idempotent Generative Network, ICLR 2024, are in {@link Degradations}.
 */
public interface Degradation {

  /**
   * Returns degraded copies.
   *
   * @param images [n][h w c], in [-1, 1]; not changed
   * @param shape [h, w, c]
   * @param seed of the random part; image i of one seed is always degraded in the same way
   * @return [n][h w c]
   * @throws IllegalArgumentException if the shape does not suit
   */
  float[][] apply(float[][] images, Shape shape, long seed);

  /** A description, such as {@code noise of standard deviation 0.15}. */
  String description();
}
