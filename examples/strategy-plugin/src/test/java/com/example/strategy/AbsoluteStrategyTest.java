package com.example.strategy;

import dev.idem.api.contract.StrategyContractTest;
import dev.idem.api.strategy.IdempotencyStrategy;

class AbsoluteStrategyTest extends StrategyContractTest {
  @Override
  protected IdempotencyStrategy strategy() {
    return new AbsoluteStrategy(1);
  }
}
