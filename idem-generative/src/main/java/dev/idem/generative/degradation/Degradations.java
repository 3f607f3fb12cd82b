package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;

/** STUB. */
public final class Degradations {
  private Degradations() {}

  /** STUB. */
  public static Degradation named(String name) {
    return new Degradation() {
      @Override
      public float[][] apply(float[][] images, Shape shape, long seed) {
        return images;
      }

      @Override
      public String description() {
        return name;
      }
    };
  }
}
