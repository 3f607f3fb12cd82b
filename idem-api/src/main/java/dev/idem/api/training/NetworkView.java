package dev.idem.api.training;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;

/** A network with its current parameters, as a function on arrays. */
public interface NetworkView {

  /** The shape of one sample. */
  Shape shape();

  /**
   * f(x).
   *
   * @param x [batch][shape.size()], row-major, at least one sample
   * @return an array of the same extent
   * @throws IllegalArgumentException if a sample has another width
   */
  float[][] apply(float[][] x);

  /**
   * f applied {@code k} times.
   *
   * @param k not negative; 0 gives {@code x} itself
   */
  default float[][] iterate(float[][] x, int k) {
    Require.notNegative("k", (long) k);
    float[][] y = x;
    for (int i = 0; i < k; i++) {
      y = apply(y);
    }
    return y;
  }

  /**
   * The current values of a parameter, row-major.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  double[] parameter(String name);
}
