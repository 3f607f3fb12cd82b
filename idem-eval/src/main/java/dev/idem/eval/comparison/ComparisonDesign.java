package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.api.training.TrainingPlan;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.IdempotencyMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The design of a comparison, as values that a report can state.
 *
 * @param plan of every run, but for its learning rate and seed
 * @param evaluationSize held-out samples, at least 2: a single one cannot show a constant
 */
public record ComparisonDesign(
    String name,
    List<Competitor> strategies,
    List<Double> learningRates,
    List<Long> seeds,
    TrainingPlan plan,
    int evaluationSize,
    IdempotencyMetrics metrics,
    CollapseThresholds thresholds,
    String network,
    String source,
    String engine) {

  /**
   * A strategy that takes part.
   *
   * @param name unique in the comparison
   */
  public record Competitor(String name, String formula) {
    public Competitor {
      Require.notBlank("strategy", name);
    }
  }

  public ComparisonDesign {
    Require.notBlank("comparison name", name);
    strategies = List.copyOf(strategies);
    learningRates = List.copyOf(learningRates);
    seeds = List.copyOf(seeds);
    requireDistinct("strategies", strategies.stream().map(Competitor::name).toList());
    requireDistinct("learningRates", learningRates);
    requireDistinct("seeds", seeds);
    for (double rate : learningRates) {
      Require.positive("learningRate", rate);
    }
    Require.argument(evaluationSize >= 2, "evaluationSize (%s) must be at least 2", evaluationSize);
  }

  private static void requireDistinct(String name, List<?> values) {
    Require.argument(!values.isEmpty(), "%s must not be empty", name);
    Require.argument(
        new HashSet<>(values).size() == values.size(), "%s %s must be distinct", name, values);
  }

  /** Every cell: by strategy, then learning rate, then seed. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Competitor strategy : strategies) {
      for (double rate : learningRates) {
        for (long seed : seeds) {
          cells.add(new Cell(strategy.name(), rate, seed));
        }
      }
    }
    return cells;
  }

  /** The evaluation schedule: 0, every {@code plan.evaluateEvery()} steps, and the last. */
  public List<Long> evaluationSteps() {
    LongStream due =
        LongStream.iterate(0, step -> step < plan.steps(), step -> step + plan.evaluateEvery());
    return LongStream.concat(due, LongStream.of(plan.steps())).boxed().toList();
  }
}
