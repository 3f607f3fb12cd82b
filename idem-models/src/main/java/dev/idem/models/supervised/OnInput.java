package dev.idem.models.supervised;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;

/**
 * A strategy for f, applied to F([x, t]) = [f(x), t] of {@link CarriedTarget}: it sees x, f(x),
 * f(f(x)), ... and never a target, so that widths, norms and weights are those of f alone.
 *
 * <p>f(x) is shared with every other term of the same input; further applications are not.
 *
 * @param strategy for f
 */
public record OnInput(IdempotencyStrategy strategy) implements IdempotencyStrategy {

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T target = Halves.second(f.input(), ops);
    Iterates<T> inputs =
        new Iterates<>(
            Halves.first(f.input(), ops),
            x -> Halves.first(f.output(), ops),
            y -> Halves.first(f.apply(ops.concat(y, target)), ops),
            y -> Halves.first(f.applyFrozen(ops.concat(y, target)), ops));
    return strategy.objective(inputs, ops);
  }

  @Override
  public String formula() {
    return strategy.formula();
  }
}
