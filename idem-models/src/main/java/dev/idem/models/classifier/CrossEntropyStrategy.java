package dev.idem.models.classifier;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;

/**
 * The mean cross-entropy over the batch between targets t, probabilities such as one-hot classes,
 * and outputs f(x), logarithms of probabilities:
 *
 * <pre>L = - 1/batch * sum over batch and classes of t f(x)</pre>
 */
public record CrossEntropyStrategy() implements IdempotencyStrategy {

  @Override
  public boolean readsTarget() {
    return true;
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T sum = ops.sum(ops.multiply(f.target(), f.output()));
    return new Loss<>(ops.multiply(sum, -1.0 / ops.batchSize(f.output())));
  }

  @Override
  public String formula() {
    return "L = - t . f(x), f(x) log-probabilities";
  }
}
