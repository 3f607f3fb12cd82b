package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;

/** STUB. */
public interface Degradation {
  /** STUB. */
  float[][] apply(float[][] images, Shape shape, long seed);

  /** STUB. */
  String description();
}
