package com.example.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.eval.comparison.Comparison;
import dev.idem.eval.comparison.Comparison.ProgressListener;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.network.Mlp;
import dev.idem.tf.engine.TensorFlowEngine;
import org.junit.jupiter.api.Test;

/** A strategy written outside idem, against public types only, trains and is compared. */
class OwnStrategyTest {

  /** The paper's gradient, as the README writes it. */
  record Substituted() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      T y = f.output();
      T fy = f.iterate(2);
      T ffy = f.iterate(3);
      T improved = ops.subtract(ops.multiply(fy, 3), ops.multiply(ffy, 2));
      T gradient = ops.multiply(ops.subtract(y, improved), 1.0 / ops.batchSize(y));
      return new OutputGradient<>(y, ops.stopGradient(gradient));
    }
  }

  @Test
  void ownStrategyLowersTheErrorAndStandsBesideTheBuiltInOne() throws InterruptedException {
    ComparisonResult result =
        Comparison.builder("own")
            .strategy("canonical", new CanonicalStrategy())
            .strategy("own", new Substituted())
            .learningRates(0.03, 0.1, 0.3)
            .seeds(1, 2, 3)
            .network(Mlp.of(16, 64, 16))
            .source(new Gaussian(16))
            .engine(new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)))
            .threads(2)
            .build()
            .run(ProgressListener.NONE);
    result.bestRate().outcomes().forEach(outcome -> System.out.println(outcome.summary()));
    var curve = result.equalRate(0.1).outcome("own").curve();
    assertThat(curve.get(curve.size() - 1).error().median())
        .isLessThan(0.5 * curve.get(0).error().median());
    assertThat(result.bestRate().outcomes()).hasSize(2);
  }
}
