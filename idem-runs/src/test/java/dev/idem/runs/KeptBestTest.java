package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.network.Mlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a run's best network while the run went on. */
class KeptBestTest {

  @TempDir Path temporary;

  @Test
  void aBestNetworkDamagedDuringTheRunIsReportedAtItsEnd() throws IOException {
    BestMetric metric = new BestMetric("relative-error", network -> 1, OptionalLong.empty());
    KeptBest best = new KeptBest(metric, new CheckpointFolder(temporary, 2), "run");
    Files.writeString(temporary.resolve("best.checkpoint"), "damaged");
    try (TrainedNetwork last = new ReferenceEngine().train(task(), List.of())) {
      metric.evaluated(1, last);
      assertThatThrownBy(() -> best.network(last))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the best network, of step 1, is lost (neither best.checkpoint, ")
          .hasMessageContaining("nor step-000000000001.checkpoint, which is missing")
          .hasMessageContaining("put it back, or set run.best to none in experiment.yaml");
    }
  }

  private static TrainingTask task() {
    return TrainingTask.of(
        Mlp.of(2, 2),
        TrainingObjective.of(new CanonicalStrategy()),
        new Gaussian(2),
        TrainingPlan.smoke().toBuilder().steps(2).build());
  }
}
