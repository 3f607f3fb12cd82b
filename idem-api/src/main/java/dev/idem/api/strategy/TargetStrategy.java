package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Objective.Loss;

/**
 * The supervised loss between outputs and targets:
 *
 * <pre>L = weight * scale * sum over batch and width of D(f(x) - t)</pre>
 *
 * <p>Beside an idempotency term it states the task that the map is for, such as denoising.
 *
 * @param weight of this term in the total loss, positive
 * @param distance D
 * @param scale what the sum is divided by
 */
public record TargetStrategy(double weight, Distance distance, Scale scale)
    implements IdempotencyStrategy {

  public TargetStrategy {
    Require.positive("weight", weight);
  }

  /** Weight 1, mean squared error. */
  public TargetStrategy() {
    this(1, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN);
  }

  @Override
  public boolean readsTarget() {
    return true;
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    return new Loss<>(
        ops.multiply(distance.sum(y, f.target(), ops), weight * scale.factor(y, ops)));
  }

  @Override
  public String formula() {
    return distance == Distance.SQUARED ? "L = ||f(x) - t||^2" : "L = ||f(x) - t||_1";
  }
}
