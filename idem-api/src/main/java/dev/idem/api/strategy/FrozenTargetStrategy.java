package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Objective.Loss;

/**
 * The canonical loss with the outer application frozen, so that only the inner one learns:
 *
 * <pre>L = weight * scale * sum over batch and width of D(f'(f(x)) - f(x))</pre>
 *
 * <p>f' is f with its parameters held constant; the gradient passes through f' to its argument.
 * This is the idempotence term of Shocher et al., Idempotent Generative Network, ICLR 2024: outputs
 * move to where f already leaves them, and f does not learn to map whatever it gives to itself.
 *
 * @param weight of this term in the total loss, positive
 * @param distance D
 * @param scale what the sum is divided by
 */
public record FrozenTargetStrategy(double weight, Distance distance, Scale scale)
    implements IdempotencyStrategy {

  public FrozenTargetStrategy {
    Require.positive("weight", weight);
  }

  /** Weight 1, squared, mean over batch and width. */
  public FrozenTargetStrategy() {
    this(1, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    return new Loss<>(
        ops.multiply(distance.sum(f.applyFrozen(y), y, ops), weight * scale.factor(y, ops)));
  }

  @Override
  public String formula() {
    return distance == Distance.SQUARED
        ? "L = ||f'(f(x)) - f(x)||^2, f' frozen"
        : "L = ||f'(f(x)) - f(x)||_1, f' frozen";
  }
}
