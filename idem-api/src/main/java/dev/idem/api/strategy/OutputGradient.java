package dev.idem.api.strategy;

import java.util.Objects;

/**
 * A gradient substituted for that of a loss: dL/d(output) := gradient, sent back through the graph
 * that computed {@code output}. The gradient itself is a constant to differentiation.
 *
 * @param output a tensor that the network computed, such as y = f(x)
 * @param gradient of the same shape
 * @param <T> the engine's tensor
 */
public record OutputGradient<T>(T output, T gradient) implements Objective<T> {
  public OutputGradient {
    Objects.requireNonNull(output, "an output gradient needs an output");
    Objects.requireNonNull(gradient, "an output gradient needs a gradient");
  }
}
