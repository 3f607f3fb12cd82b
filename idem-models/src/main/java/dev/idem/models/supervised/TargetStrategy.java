package dev.idem.models.supervised;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Loss;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Scale;

/**
 * The loss between outputs and targets, on pairs [x, t] of {@link CarriedTarget}:
 *
 * <pre>L = weight * scale * sum over batch and width of D(f(x) - t)</pre>
 *
 * <p>The width is that of t, half that of a pair.
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
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T target = Halves.second(f.input(), ops);
    T sum = distance.sum(Halves.first(f.output(), ops), target, ops);
    double factor = scale.factor(ops.batchSize(target), ops.sampleShape(target).size());
    return new Loss<>(ops.multiply(sum, weight * factor));
  }

  @Override
  public String formula() {
    return distance == Distance.SQUARED ? "L = ||f(x) - t||^2" : "L = ||f(x) - t||_1";
  }
}
