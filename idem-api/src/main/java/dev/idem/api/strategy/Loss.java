package dev.idem.api.strategy;

import java.util.Objects;

/**
 * A scalar to minimise by ordinary backpropagation.
 *
 * @param value a scalar
 * @param <T> the engine's tensor
 */
public record Loss<T>(T value) implements Objective<T> {
  public Loss {
    Objects.requireNonNull(value, "a loss needs a value");
  }
}
