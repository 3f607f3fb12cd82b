package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Shape;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.Progress;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.network.Mlp;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a run tells of itself while it goes. */
class TrainingProgressTest {

  private final List<String> told = new ArrayList<>();
  private Supplier<String> state = () -> "";

  private final Progress progress =
      new Progress() {
        @Override
        public void begin(String task, long units) {
          told.add("%s %s".formatted(task, units));
        }

        @Override
        public void begin(String task, long units, long done) {
          told.add("%s %s after %s".formatted(task, units, done));
        }

        @Override
        public void tell(Supplier<String> now) {
          state = now;
        }

        @Override
        public void advance(long by) {
          told.add("+" + by);
        }

        @Override
        public void end() {
          told.add("end");
        }
      };

  @Test
  void aResumedRunShowsItsPlaceItsLastTermsAndTheMetricsOfItsLastEvaluation() {
    EvaluationMetrics.HeldOut rows =
        new EvaluationMetrics.HeldOut(
            TrainingObjective.DEFAULT_INPUT, new float[][] {{1, 0}, {0, 2}});
    EvaluationMetrics metrics =
        new EvaluationMetrics(EnumSet.of(Metric.RECONSTRUCTION_ERROR, Metric.POWER), rows, rows);
    TrainingProgress shown = new TrainingProgress(progress, metrics);

    shown.resumed(task(), 30);
    assertThat(state.get()).isEmpty();
    metrics.evaluated(30, halving());
    shown.stepped(new StepReport(30, Map.of("idempotency", 0.12345), 1, 0.1));
    assertThat(state.get()).isEqualTo("idempotency 0.123, reconstruction-error 0.313, power 0.313");
    shown.finished(31, "completed");
    assertThat(told).containsExactly("training 40 after 30", "+1", "end");
  }

  private static TrainingTask task() {
    return TrainingTask.of(
        Mlp.of(2, 2),
        TrainingObjective.of(new CanonicalStrategy()),
        new Gaussian(2),
        TrainingPlan.smoke().toBuilder().steps(40).build());
  }

  /** f(x) = x / 2: of the rows above the power and the error are both (0.25 + 1) / 4. */
  private static NetworkView halving() {
    return new NetworkView() {
      @Override
      public Shape shape() {
        return Shape.of(2);
      }

      @Override
      public float[][] apply(float[][] x) {
        float[][] y = new float[x.length][];
        for (int i = 0; i < x.length; i++) {
          y[i] = new float[] {x[i][0] / 2, x[i][1] / 2};
        }
        return y;
      }

      @Override
      public double[] parameter(String name) {
        return new double[0];
      }
    };
  }
}
