package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;

/**
 * A way to make a map f idempotent, f(f(x)) = f(x): the one interface that a new strategy
 * implements.
 *
 * <p>A strategy is written once against an algebra and runs on every engine. It is stateless.
 */
public interface IdempotencyStrategy {

  /**
   * The objective that one training step minimises.
   *
   * @param f the input batch x and the applications of f to it
   * @param ops the operations of the engine at work
   * @return a loss to differentiate, or a gradient to substitute for one
   */
  <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops);

  /**
   * Whether {@link #objective} reads {@link Iterates#target()}. A task whose data has no targets is
   * then refused before it runs, and engines feed targets to terms that say so.
   */
  default boolean readsTarget() {
    return false;
  }

  /**
   * The formula in plain text, for listings and reports, such as {@code mean (f(f(x)) - f(x))^2}.
   */
  default String formula() {
    return getClass().getSimpleName();
  }
}
