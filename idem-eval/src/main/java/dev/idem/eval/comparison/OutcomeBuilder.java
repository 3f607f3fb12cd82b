package dev.idem.eval.comparison;

import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.Summary;
import dev.idem.eval.metrics.CollapseVerdict;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/** Sums up the runs of one strategy at one learning rate. */
final class OutcomeBuilder {

  private final List<Long> evaluationSteps;

  OutcomeBuilder(List<Long> evaluationSteps) {
    this.evaluationSteps = evaluationSteps;
  }

  StrategyOutcome outcome(String strategy, double learningRate, List<ComparisonRun> runs) {
    List<CurveQuartiles> curve =
        evaluationSteps.stream()
            .map(
                step ->
                    new CurveQuartiles(
                        step,
                        quartiles(runs, run -> at(run, step, ErrorMeasurement::error)),
                        quartiles(runs, run -> at(run, step, ErrorMeasurement::relativeError))))
            .toList();
    return new StrategyOutcome(strategy, learningRate, runs, curve, summary(runs));
  }

  private static double at(
      ComparisonRun run, long step, ToDoubleFunction<ErrorMeasurement> quantity) {
    double value = Double.POSITIVE_INFINITY;
    for (ComparisonRun.CurvePoint point : run.curve()) {
      // A diverged run has nothing to carry forward; a stopped one still has its last network.
      if (point.step() == step || (point.step() < step && run.divergence().isEmpty())) {
        value = quantity.applyAsDouble(point.measurement());
      }
    }
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }

  private static Summary summary(List<ComparisonRun> runs) {
    Map<CollapseVerdict, Integer> verdicts = new EnumMap<>(CollapseVerdict.class);
    runs.forEach(run -> verdicts.merge(run.verdict(), 1, Integer::sum));
    return new Summary(
        runs.size(),
        Collections.unmodifiableMap(verdicts),
        quartiles(runs, ComparisonRun::score),
        quartiles(runs, ComparisonRun::finalError),
        quartiles(runs, ComparisonRun::finalRelativeError),
        finite(runs, report -> report.measurement().powerRatio()),
        finite(runs, IdempotencyReport::effectiveRank));
  }

  private static Quartiles quartiles(
      List<ComparisonRun> runs, ToDoubleFunction<ComparisonRun> quantity) {
    return Quartiles.of(runs.stream().map(quantity::applyAsDouble).toList());
  }

  private static Optional<Quartiles> finite(
      List<ComparisonRun> runs, ToDoubleFunction<IdempotencyReport> quantity) {
    List<Double> values =
        runs.stream()
            .flatMap(run -> run.report().stream())
            .filter(report -> !report.divergedAt().equals(OptionalInt.of(1)))
            .map(quantity::applyAsDouble)
            .filter(Double::isFinite)
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Quartiles.of(values));
  }
}
