package dev.idem.figures.front;

import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.comparison.ParetoFront.Costs;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.SupervisedSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network trained on a task with a method at a weight, and measured on held-out pairs.
 *
 * @param work what was to be done
 * @param measured empty if the run diverged
 */
record FrontRun(Case work, Optional<Measured> measured) {

  /** Errors below this share of the power are single precision's rounding. */
  private static final double LEAST_ERROR = 1e-14;

  /**
   * A run to do.
   *
   * @param method a method's name or {@link FrontMethod#CONTROL}
   * @param weight 0 for the control
   */
  record Case(
      FrontTask task, String method, double weight, TrainingObjective objective, long seed) {}

  /**
   * What was found on held-out pairs (x, t).
   *
   * @param taskLoss E ||f(x) - t||^2 over the variance of t: 1 for the best constant
   * @param report of f on x
   * @param verdict on it
   */
  record Measured(double taskLoss, IdempotencyReport report, CollapseVerdict verdict) {}

  /** Trains and measures; the held-out pairs are those of {@code heldOutSeed}, for every run. */
  static FrontRun of(
      Case work, Preset preset, TrainingEngine engine, long heldOutSeed, int heldOut) {
    SupervisedSource data = work.task().data();
    TrainingTask task =
        TrainingTask.of(
            work.task().map(), work.objective(), data, work.task().plan(preset, work.seed()));
    try (TrainedNetwork network = engine.train(task)) {
      float[][] x = data.heldOut(heldOutSeed, heldOut);
      float[][] t = data.targets().orElseThrow().heldOut(heldOutSeed, heldOut);
      Measured measured = measure(network::apply, x, t);
      boolean finite = measured.verdict() != CollapseVerdict.DIVERGED;
      return new FrontRun(work, finite ? Optional.of(measured) : Optional.empty());
    } catch (DivergenceException e) {
      return new FrontRun(work, Optional.empty());
    }
  }

  private static Measured measure(UnaryOperator<float[][]> f, float[][] x, float[][] t) {
    IdempotencyReport report = new IdempotencyMetrics(2, 0.01).measure(f, x);
    double loss = Rows.meanSquaredDifference(f.apply(x), t) / Rows.variance(t);
    return new Measured(loss, report, CollapseThresholds.defaults().judge(report));
  }

  /** The verdict, diverged if training was. */
  String state() {
    return measured.map(found -> found.verdict().name()).orElse(CollapseVerdict.DIVERGED.name());
  }

  boolean diverged() {
    return measured.isEmpty();
  }

  /**
   * Whether the map came out zero, constant or inflated. The identity is no collapse here: some
   * tasks ask for it, and from the others the task loss keeps it away. Nor is an uninformative map:
   * the task loss keeps it from a constant, and the task alone need not lead to an idempotent one.
   */
  boolean collapsed() {
    return measured
        .map(Measured::verdict)
        .filter(verdict -> verdict.collapsed() && verdict != CollapseVerdict.IDENTITY)
        .isPresent();
  }

  /**
   * log10 of task loss and of error / power; infinite for a failed run. Where the task loss is low
   * the outputs are near the targets, so that error / variance is higher by about one factor for
   * all methods.
   */
  Costs costs() {
    if (diverged() || collapsed()) {
      return new Costs(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    Measured found = measured.orElseThrow();
    return new Costs(
        Math.log10(found.taskLoss()),
        Math.log10(Math.max(LEAST_ERROR, found.report().relativeError())));
  }
}
