package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Objective.Loss;

/**
 * The canonical idempotency loss, differentiated through both applications:
 *
 * <pre>L = weight * scale * sum over batch and width of (f(f(x)) - f(x))^2</pre>
 *
 * <p>f(x) is computed once and shared by both terms. Jensen and Vicary, ICML 2025, compare their
 * method with this loss.
 *
 * @param weight of this term in the total loss, positive
 * @param scale what the sum is divided by
 */
public record CanonicalStrategy(double weight, Scale scale) implements IdempotencyStrategy {

  public CanonicalStrategy {
    Require.positive("weight", weight);
  }

  /** Weight 1, mean over batch and width. */
  public CanonicalStrategy() {
    this(1, Scale.BATCH_AND_WIDTH_MEAN);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    return new Loss<>(loss(f, ops));
  }

  <T> T loss(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    T difference = ops.subtract(f.iterate(2), y);
    return ops.multiply(ops.sum(ops.square(difference)), weight * scale.factor(y, ops));
  }

  @Override
  public String formula() {
    return "L = ||f(f(x)) - f(x)||^2";
  }
}
