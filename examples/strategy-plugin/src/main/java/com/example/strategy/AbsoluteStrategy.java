package com.example.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;

public record AbsoluteStrategy(double weight) implements IdempotencyStrategy {
  public AbsoluteStrategy {
    Require.positive("weight", weight);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    T error = ops.mean(ops.abs(ops.subtract(f.iterate(2), y)));
    return new Loss<>(ops.multiply(error, weight));
  }

  @Override
  public String formula() {
    return "weight * mean |f(f(x)) - f(x)|";
  }
}
