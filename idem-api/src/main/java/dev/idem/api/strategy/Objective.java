package dev.idem.api.strategy;

import java.util.Objects;

/**
 * The objective of a strategy in a training step: a {@link Loss} to minimise, or an {@link
 * OutputGradient} to start backpropagation from.
 *
 * @param <T> the engine's tensor
 */
public sealed interface Objective<T> {

  /**
   * A scalar to minimise by ordinary backpropagation.
   *
   * @param value a scalar
   * @param <T> the engine's tensor
   */
  record Loss<T>(T value) implements Objective<T> {
    public Loss {
      Objects.requireNonNull(value, "a loss needs a value");
    }
  }

  /**
   * A gradient substituted for that of a loss: dL/d(output) := gradient, sent back through the
   * graph that computed {@code output}. The gradient itself is a constant to differentiation.
   *
   * @param output a tensor that the network computed, such as y = f(x)
   * @param gradient of the same shape
   * @param <T> the engine's tensor
   */
  record OutputGradient<T>(T output, T gradient) implements Objective<T> {
    public OutputGradient {
      Objects.requireNonNull(output, "an output gradient needs an output");
      Objects.requireNonNull(gradient, "an output gradient needs a gradient");
    }
  }
}
