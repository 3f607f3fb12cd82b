package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Objective.Loss;

/**
 * The reconstruction loss: makes each sample x a fixed point of f.
 *
 * <pre>L = weight * scale * sum over batch and width of D(f(x) - x)</pre>
 *
 * <p>On real data this determines what the image of f must contain; alone it does not constrain f
 * elsewhere. The reconstruction term of Shocher et al., Idempotent Generative Network, ICLR 2024.
 *
 * @param weight of this term in the total loss, positive
 * @param distance D
 * @param scale what the sum is divided by
 */
public record ReconstructionStrategy(double weight, Distance distance, Scale scale)
    implements IdempotencyStrategy {

  public ReconstructionStrategy {
    Require.positive("weight", weight);
  }

  /** Weight 1, mean squared error. */
  public ReconstructionStrategy() {
    this(1, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    return new Loss<>(ops.multiply(distance.sum(y, f.input(), ops), weight * scale.factor(y, ops)));
  }

  @Override
  public String formula() {
    return distance == Distance.SQUARED ? "L = ||f(x) - x||^2" : "L = ||f(x) - x||_1";
  }
}
