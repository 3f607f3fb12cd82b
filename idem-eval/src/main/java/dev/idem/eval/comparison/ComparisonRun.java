package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of one cell of a comparison. It holds no times: the same cell gives the same run.
 *
 * @param curve held-out measurements on the plan's evaluation schedule, up to the run's end
 * @param ending why the run ended, as the engine said it; {@code diverged} if it was stopped
 * @param report of the trained network on the held-out samples; empty if training diverged
 * @param verdict on the report; DIVERGED if training diverged
 * @param divergence where training diverged, if it did
 */
public record ComparisonRun(
    Cell cell,
    List<CurvePoint> curve,
    long steps,
    String ending,
    Optional<IdempotencyReport> report,
    CollapseVerdict verdict,
    Optional<Divergence> divergence) {

  /**
   * A cell of the comparison.
   *
   * @param learningRate positive
   * @param seed of initial weights, training batches and held-out samples alike
   */
  public record Cell(String strategy, double learningRate, long seed) {
    public Cell {
      Require.notBlank("strategy", strategy);
      Require.positive("learningRate", learningRate);
    }

    @Override
    public String toString() {
      return "strategy '%s', learning rate %s, seed %s".formatted(strategy, learningRate, seed);
    }
  }

  /** A held-out measurement. */
  public record CurvePoint(long step, ErrorMeasurement measurement) {}

  /**
   * Where training stopped for a number that is not finite.
   *
   * @param step from 0
   */
  public record Divergence(long step, String tensor) {}

  /**
   * How long a run trained for. Times differ from one execution to the next, and are kept apart
   * from what does not.
   */
  public record Timing(Cell cell, List<Point> points) {

    /**
     * The time one evaluation was reached.
     *
     * @param seconds of training since the first evaluation began the clock; time spent on
     *     evaluations, and on building what is trained, is not in it
     */
    public record Point(long step, double seconds) {}

    public Timing {
      points = List.copyOf(points);
    }
  }

  public ComparisonRun {
    curve = List.copyOf(curve);
    Require.argument(
        report.isPresent() != divergence.isPresent(),
        "run (%s) must have either a report or a divergence",
        cell);
  }

  static ComparisonRun finished(
      Cell cell,
      List<CurvePoint> curve,
      long steps,
      String ending,
      IdempotencyReport report,
      CollapseVerdict verdict) {
    return new ComparisonRun(
        cell, curve, steps, ending, Optional.of(report), verdict, Optional.empty());
  }

  static ComparisonRun diverged(Cell cell, List<CurvePoint> curve, Divergence divergence) {
    return new ComparisonRun(
        cell,
        curve,
        divergence.step(),
        "diverged",
        Optional.empty(),
        CollapseVerdict.DIVERGED,
        Optional.of(divergence));
  }

  /**
   * The final error / variance if the verdict is HEALTHY, else +infinity: lower is better. Where
   * the inputs vary, a finite score lies below {@link CollapseThresholds#uninformativeError}.
   */
  public double score() {
    return verdict == CollapseVerdict.HEALTHY ? finalErrorOverVariance() : Double.POSITIVE_INFINITY;
  }

  /** The final error; +infinity if training diverged. */
  public double finalError() {
    return report.map(IdempotencyReport::error).orElse(Double.POSITIVE_INFINITY);
  }

  /** The final error / variance; +infinity if training diverged or the outputs do not vary. */
  public double finalErrorOverVariance() {
    return report.map(IdempotencyReport::errorOverVariance).orElse(Double.POSITIVE_INFINITY);
  }

  /** The final error / power; +infinity if training diverged or the ratio is undefined. */
  public double finalRelativeError() {
    return report
        .map(IdempotencyReport::relativeError)
        .filter(error -> !error.isNaN())
        .orElse(Double.POSITIVE_INFINITY);
  }
}
