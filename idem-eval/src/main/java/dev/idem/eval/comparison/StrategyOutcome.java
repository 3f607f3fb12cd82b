package dev.idem.eval.comparison;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * The results of one strategy at one learning rate, over the seeds.
 *
 * @param runs in the order of the seeds
 */
public record StrategyOutcome(
    String strategy,
    double learningRate,
    List<ComparisonRun> runs,
    List<CurveQuartiles> curve,
    Summary summary) {

  /**
   * Over the seeds, at one evaluation. A run that diverged counts as +infinity from then on; one
   * that a stop rule ended keeps its last value. A ratio to zero power or variance is undefined and
   * counts as +infinity.
   *
   * @param errorOverVariance error / variance
   * @param relativeError error / power
   */
  public record CurveQuartiles(
      long step, Quartiles error, Quartiles errorOverVariance, Quartiles relativeError) {}

  /**
   * The same against time.
   *
   * @param seconds of training: the median over the runs that did not diverge, or over all runs if
   *     every one did
   * @param quartiles at that evaluation
   */
  public record TimedQuartiles(double seconds, CurveQuartiles quartiles) {}

  /**
   * What the runs ended with.
   *
   * @param verdicts how many of each; those that did not occur are left out
   * @param score of {@link ComparisonRun#score}
   * @param errorOverVariance error / variance of all runs, healthy or not
   * @param relativeError error / power of all runs
   * @param powerRatio output power / input power, of the runs whose outputs are finite; empty if
   *     there is none
   * @param effectiveRank of the outputs, of the same runs
   */
  public record Summary(
      int runs,
      Map<CollapseVerdict, Integer> verdicts,
      Quartiles score,
      Quartiles error,
      Quartiles errorOverVariance,
      Quartiles relativeError,
      Optional<Quartiles> powerRatio,
      Optional<Quartiles> effectiveRank) {

    /** How many runs got this verdict. */
    public int count(CollapseVerdict verdict) {
      return verdicts.getOrDefault(verdict, 0);
    }

    /** How many runs are healthy. */
    public int healthy() {
      return count(CollapseVerdict.HEALTHY);
    }

    /** How many runs diverged, in training or when measured. */
    public int diverged() {
      return count(CollapseVerdict.DIVERGED);
    }

    /** How many runs collapsed, in whichever way. */
    public int collapsed() {
      return verdicts.entrySet().stream()
          .filter(entry -> entry.getKey().collapsed())
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  public StrategyOutcome {
    runs = List.copyOf(runs);
    curve = List.copyOf(curve);
  }

  /** Sums up the runs of one strategy at one learning rate. */
  static StrategyOutcome of(
      String strategy, double learningRate, List<ComparisonRun> runs, List<Long> evaluationSteps) {
    List<CurveQuartiles> curve =
        evaluationSteps.stream()
            .map(
                step ->
                    new CurveQuartiles(
                        step,
                        quartiles(runs, run -> at(run, step, ErrorMeasurement::error)),
                        quartiles(runs, run -> at(run, step, ErrorMeasurement::errorOverVariance)),
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
        quartiles(runs, ComparisonRun::finalErrorOverVariance),
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
