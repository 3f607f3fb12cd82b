package com.example.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;

public record AbsoluteStrategy() implements IdempotencyStrategy {
  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    return new Loss<>(ops.mean(ops.abs(ops.subtract(f.iterate(2), y))));
  }

  @Override
  public String formula() {
    return "mean |f(f(x)) - f(x)|";
  }
}
