package dev.idem.models.classifier;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Loss;
import dev.idem.api.strategy.Objective;

/**
 * The mean cross-entropy over the batch between a part of f(x), taken as logits, and the one-hot
 * class in the same part of x.
 *
 * <pre>L = - 1/batch * sum over batch and classes of x log softmax f(x)</pre>
 *
 * @param start where in a sample, row-major, the part begins; not negative
 * @param classes the number of classes, at least 2
 */
public record CrossEntropyStrategy(int start, int classes) implements IdempotencyStrategy {

  public CrossEntropyStrategy {
    Require.notNegative("start", (long) start);
    Require.argument(classes >= 2, "classes (%s) must be at least 2", classes);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T named = ops.slice(f.input(), start, start + classes);
    T logarithms = ops.logSoftmax(ops.slice(f.output(), start, start + classes));
    T sum = ops.sum(ops.multiply(named, logarithms));
    return new Loss<>(ops.multiply(sum, -1.0 / ops.batchSize(f.output())));
  }

  @Override
  public String formula() {
    return "L = - x . log softmax f(x)";
  }
}
