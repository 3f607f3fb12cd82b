package dev.idem.api.strategy;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * x, f(x), f(f(x)), ... on one batch, and the target t of each sample where the data has one. Each
 * iterate is computed when first asked for and then shared by everything that asks again, so that
 * memoisation is the default and not an optimisation.
 *
 * <p>Engines make these; strategies read them. Not thread-safe.
 *
 * @param <T> the engine's tensor
 */
public final class Iterates<T> {

  private final List<T> iterates = new ArrayList<>();
  private final @Nullable T target;
  private final UnaryOperator<T> applyToInput;
  private final UnaryOperator<T> apply;
  private final UnaryOperator<T> applyFrozen;

  /**
   * The iterates of a map on one batch. A map that normalises by batch statistics is another
   * function on x than on what it gave.
   *
   * @param input x
   * @param target t, or null if no term reads one
   * @param applyToInput f, for x
   * @param apply f, for what f gave
   * @param applyFrozen f with its parameters held constant, for what f gave
   */
  public Iterates(
      T input,
      @Nullable T target,
      UnaryOperator<T> applyToInput,
      UnaryOperator<T> apply,
      UnaryOperator<T> applyFrozen) {
    iterates.add(input);
    this.target = target;
    this.applyToInput = applyToInput;
    this.apply = apply;
    this.applyFrozen = applyFrozen;
  }

  /** x. */
  public T input() {
    return iterates.get(0);
  }

  /**
   * t, what f(x) should be, a constant: of the shape of f(x).
   *
   * @throws IllegalStateException if the strategy does not say that it {@linkplain
   *     IdempotencyStrategy#readsTarget reads a target}
   */
  public T target() {
    if (target == null) {
      throw new IllegalStateException(
          "there is no target; a strategy that reads f.target() overrides readsTarget() to give"
              + " true");
    }
    return target;
  }

  /** f(x), the output y. */
  public T output() {
    return iterate(1);
  }

  /** f applied {@code k} times to x; k = 0 gives x. */
  public T iterate(int k) {
    Require.notNegative("k", (long) k);
    while (iterates.size() <= k) {
      T last = iterates.get(iterates.size() - 1);
      iterates.add(iterates.size() == 1 ? applyToInput.apply(last) : apply.apply(last));
    }
    return iterates.get(k);
  }

  /**
   * f(x') for an x' that f gave, such as f(x) with the gradient stopped: differentiable in x' and
   * in the parameters; recomputed on each call.
   */
  public T apply(T x) {
    return apply.apply(x);
  }

  /** f(x') for an x' that f gave, differentiable in x' alone: the parameters are a frozen copy. */
  public T applyFrozen(T x) {
    return applyFrozen.apply(x);
  }
}
