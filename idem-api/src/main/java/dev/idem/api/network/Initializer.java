package dev.idem.api.network;

import java.util.random.RandomGenerator;

/** Draws the starting values of a parameter. */
@FunctionalInterface
public interface Initializer {

  /** All zero. */
  Initializer ZEROS = (parameter, random) -> new double[parameter.shape().size()];

  /**
   * The values, row-major, {@code parameter.shape().size()} of them: a function of the parameter
   * and of what {@code random} gives, and of nothing else.
   *
   * @throws IllegalArgumentException if the parameter's shape does not suit this initialiser
   */
  double[] values(ParameterSpec parameter, RandomGenerator random);
}
