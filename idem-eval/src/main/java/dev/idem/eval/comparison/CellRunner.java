package dev.idem.eval.comparison;

import dev.idem.api.data.DataSource;
import dev.idem.api.data.DataSource.CheckedSamples;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.comparison.ComparisonRun.CurvePoint;
import dev.idem.eval.comparison.ComparisonRun.Divergence;
import dev.idem.eval.comparison.ComparisonRun.Timing;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/** Trains and measures one cell at a time, on the calling thread; holds no state between cells. */
record CellRunner(
    ComparisonDesign design,
    Map<String, IdempotencyStrategy> strategies,
    Network network,
    DataSource source,
    TrainingEngine engine,
    LongSupplier nanoTime) {

  Comparison.Outcome run(Cell cell) {
    float[][] heldOut = CheckedSamples.heldOut(source, cell.seed(), design.evaluationSize());
    RunRecorder recorder = new RunRecorder(heldOut, nanoTime);
    ComparisonRun run = train(cell, recorder, heldOut);
    return new Comparison.Outcome(run, new Timing(cell, recorder.times));
  }

  private ComparisonRun train(Cell cell, RunRecorder recorder, float[][] heldOut) {
    try (TrainedNetwork trained = engine.train(task(cell), recorder)) {
      IdempotencyReport report = design.metrics().measure(trained::apply, heldOut);
      return ComparisonRun.finished(
          cell,
          recorder.curve,
          trained.steps(),
          trained.stopReason(),
          report,
          design.thresholds().judge(report));
    } catch (DivergenceException diverged) {
      return ComparisonRun.diverged(
          cell, recorder.curve, new Divergence(diverged.step(), diverged.tensor()));
    }
  }

  private TrainingTask task(Cell cell) {
    TrainingPlan plan =
        design.plan().toBuilder().learningRate(cell.learningRate()).seed(cell.seed()).build();
    IdempotencyStrategy strategy = Objects.requireNonNull(strategies.get(cell.strategy()));
    return TrainingTask.of(network, TrainingObjective.of(strategy), source, plan);
  }

  /**
   * Records the curve and the training time of one run; ends the run if its thread is interrupted.
   */
  private static final class RunRecorder implements TrainingListener {

    private static final double NANOS_PER_SECOND = 1e9;

    private final float[][] heldOut;
    private final LongSupplier nanoTime;
    private final List<CurvePoint> curve = new ArrayList<>();
    private final List<Timing.Point> times = new ArrayList<>();
    private long trainingNanos;
    private long resumedAt;

    RunRecorder(float[][] heldOut, LongSupplier nanoTime) {
      this.heldOut = heldOut;
      this.nanoTime = nanoTime;
    }

    @Override
    public void stepped(StepReport report) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted after step " + report.step());
      }
    }

    @Override
    public void evaluated(long stepsDone, NetworkView network) {
      long pausedAt = nanoTime.getAsLong();
      if (!times.isEmpty()) {
        trainingNanos += pausedAt - resumedAt;
      }
      times.add(new Timing.Point(stepsDone, trainingNanos / NANOS_PER_SECOND));
      curve.add(
          new CurvePoint(stepsDone, IdempotencyMetrics.measureError(network::apply, heldOut)));
      resumedAt = nanoTime.getAsLong();
    }
  }
}
