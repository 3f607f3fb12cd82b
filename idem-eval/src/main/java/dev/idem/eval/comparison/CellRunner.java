package dev.idem.eval.comparison;

import dev.idem.api.data.CheckedSamples;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.comparison.ComparisonRun.Divergence;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Trains and measures one cell at a time, on the calling thread; holds no state between cells. */
final class CellRunner {

  private final ComparisonDesign design;
  private final Map<String, IdempotencyStrategy> strategies;
  private final Network network;
  private final DataSource source;
  private final TrainingEngine engine;
  private final LongSupplier nanoTime;

  /** The result of a cell: the reproducible part, and the times. */
  record Outcome(ComparisonRun run, RunTiming timing) {}

  CellRunner(
      ComparisonDesign design,
      Map<String, IdempotencyStrategy> strategies,
      Network network,
      DataSource source,
      TrainingEngine engine,
      LongSupplier nanoTime) {
    this.design = design;
    this.strategies = strategies;
    this.network = network;
    this.source = source;
    this.engine = engine;
    this.nanoTime = nanoTime;
  }

  Outcome run(Cell cell) {
    float[][] heldOut = CheckedSamples.heldOut(source, cell.seed(), design.evaluationSize());
    RunRecorder recorder = new RunRecorder(heldOut, nanoTime);
    ComparisonRun run = train(cell, recorder, heldOut);
    return new Outcome(run, new RunTiming(cell, recorder.times()));
  }

  private ComparisonRun train(Cell cell, RunRecorder recorder, float[][] heldOut) {
    try (TrainedNetwork trained = engine.train(task(cell), recorder)) {
      IdempotencyReport report = design.metrics().measure(trained::apply, heldOut);
      return ComparisonRun.finished(
          cell,
          recorder.curve(),
          trained.steps(),
          trained.stopReason(),
          report,
          design.thresholds().judge(report));
    } catch (DivergenceException diverged) {
      return ComparisonRun.diverged(
          cell, recorder.curve(), new Divergence(diverged.step(), diverged.tensor()));
    }
  }

  private TrainingTask task(Cell cell) {
    TrainingPlan plan =
        design.plan().toBuilder().learningRate(cell.learningRate()).seed(cell.seed()).build();
    IdempotencyStrategy strategy = Objects.requireNonNull(strategies.get(cell.strategy()));
    return TrainingTask.of(network, TrainingObjective.of(strategy), source, plan);
  }
}
