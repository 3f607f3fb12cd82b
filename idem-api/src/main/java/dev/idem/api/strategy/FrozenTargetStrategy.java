package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;

/**
 * The canonical loss with the outer application frozen, so that only the inner one learns:
 *
 * <pre>L = weight * scale * sum over batch and width of (f'(f(x)) - f(x))^2</pre>
 *
 * <p>f' is f with its parameters held constant; the gradient passes through f' to its argument.
 * This is the idempotence term of Shocher et al., Idempotent Generative Network, ICLR 2024: outputs
 * move to where f already leaves them, and f does not learn to map whatever it gives to itself.
 *
 * @param weight of the loss among others, positive
 * @param scale what the sum is divided by
 */
public record FrozenTargetStrategy(double weight, Scale scale) implements IdempotencyStrategy {

  public FrozenTargetStrategy {
    Require.positive("weight", weight);
  }

  /** Weight 1, mean over batch and width. */
  public FrozenTargetStrategy() {
    this(1, Scale.BATCH_AND_WIDTH_MEAN);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    T difference = ops.subtract(f.applyFrozen(y), y);
    return new Loss<>(ops.multiply(ops.sum(ops.square(difference)), weight * scale.factor(y, ops)));
  }

  @Override
  public String formula() {
    return "L = ||f'(f(x)) - f(x)||^2, f' frozen";
  }
}
