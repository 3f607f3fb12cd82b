package dev.idem.cli.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.TargetStrategy;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.models.data.Mnist;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Split;
import dev.idem.tf.engine.TensorFlowEngine;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/tutorials/exact-networks.md}, with fewer steps. */
class ExactNetworksTutorialTest {

  private static TrainingPlan plan(int steps) {
    return TrainingPlan.quick().toBuilder()
        .steps(steps)
        .batchSize(32)
        .optimizer(new Optimizer.Adam())
        .learningRate(3e-3)
        .evaluateEvery(steps)
        .build();
  }

  @Test
  void theNetworkOfTheTutorialIsIdempotentAndHealthy() {
    Split split = Split.cosines(Shape.of(28, 28, 1), 16);
    Network encoder = Networks.fromZero(Mlp.between(784, 128, 16));
    Network decoder = Networks.fromZero(Mlp.between(16, 128, 784));
    Network exact = Idempotent.coupled(split, encoder, decoder);

    SupervisedSource digits = SupervisedSource.reconstruction(Mnist.embedded());
    TrainingObjective objective = TrainingObjective.of(new TargetStrategy());
    TrainingTask task = TrainingTask.of(exact, objective, digits, plan(20));
    TrainingEngine engine = new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));

    try (TrainedNetwork f = engine.train(task)) {
      IdempotencyReport report =
          IdempotencyMetrics.defaults().measure(f::apply, digits.heldOut(7, 256));
      CollapseVerdict verdict = CollapseThresholds.defaults().judge(report);
      assertThat(report.relativeError()).isLessThan(1e-11);
      assertThat(verdict).isEqualTo(CollapseVerdict.HEALTHY);
    }
  }
}
