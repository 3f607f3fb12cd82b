package com.example.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Loss;
import dev.idem.api.strategy.Objective;
import dev.idem.eval.comparison.Comparison;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.ProgressListener;
import dev.idem.models.data.Gaussian;
import dev.idem.models.network.Mlp;
import dev.idem.tf.device.Device;
import dev.idem.tf.device.SessionOptions;
import dev.idem.tf.engine.TensorFlowEngine;
import org.junit.jupiter.api.Test;

/** A strategy written outside idem, against public types only, trains and is compared. */
class OwnStrategyTest {

  /** Mean absolute instead of mean squared: the README's example. */
  record AbsoluteStrategy() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T y = f.output();
      return new Loss<>(ops.mean(ops.abs(ops.subtract(f.iterate(2), y))));
    }
  }

  @Test
  void ownStrategyLowersTheErrorAndStandsBesideTheBuiltInOne() throws InterruptedException {
    ComparisonResult result =
        Comparison.builder("own")
            .strategy("canonical", new CanonicalStrategy())
            .strategy("absolute", new AbsoluteStrategy())
            .learningRates(0.03, 0.1, 0.3)
            .seeds(1, 2, 3)
            .network(Mlp.of(16, 64, 16))
            .source(new Gaussian(16))
            .engine(new TensorFlowEngine(new SessionOptions(new Device.Cpu(), 1)))
            .threads(2)
            .build()
            .run(ProgressListener.NONE);
    result.bestRate().outcomes().forEach(outcome -> System.out.println(outcome.summary()));
    var curve = result.equalRate(0.1).outcome("absolute").curve();
    assertThat(curve.get(curve.size() - 1).error().median())
        .isLessThan(0.5 * curve.get(0).error().median());
    assertThat(result.bestRate().outcomes()).hasSize(2);
  }
}
