package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.api.training.TrainingPlan;
import dev.idem.eval.Quantiles;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign.Competitor;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.comparison.ComparisonRun.Timing;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.TimedQuartiles;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.IdempotencyMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Every run of a comparison, and what follows from them. Everything but {@link #timings} and {@link
 * #againstSeconds} repeats exactly.
 *
 * @param runs in the order of {@link ComparisonDesign#cells}
 * @param timings of the runs, in the same order
 */
public record ComparisonResult(
    ComparisonDesign design, List<ComparisonRun> runs, List<Timing> timings) {

  /**
   * One panel of a comparison: each strategy at one learning rate.
   *
   * @param outcomes one per strategy, in the order of the comparison
   */
  public record View(List<StrategyOutcome> outcomes) {

    public View {
      outcomes = List.copyOf(outcomes);
    }

    /**
     * The outcome of one strategy.
     *
     * @throws IllegalArgumentException if it took no part
     */
    public StrategyOutcome outcome(String strategy) {
      List<StrategyOutcome> found =
          outcomes.stream().filter(outcome -> outcome.strategy().equals(strategy)).toList();
      Require.argument(
          !found.isEmpty(),
          "strategy ('%s') must be one of %s",
          strategy,
          outcomes.stream().map(StrategyOutcome::strategy).toList());
      return found.get(0);
    }
  }

  public ComparisonResult {
    runs = List.copyOf(runs);
    timings = List.copyOf(timings);
    Require.argument(
        runs.stream().map(ComparisonRun::cell).toList().equals(design.cells()),
        "runs of '%s' must be those of its cells, in order",
        design.name());
    Require.argument(
        timings.stream().map(Timing::cell).toList().equals(design.cells()),
        "timings of '%s' must be those of its cells, in order",
        design.name());
  }

  /**
   * Every strategy at the same learning rate. Rates are not comparable across strategies: read it
   * beside {@link #bestRate}.
   *
   * @throws IllegalArgumentException if the rate is not in the grid
   */
  public View equalRate(double learningRate) {
    Require.argument(
        design.learningRates().contains(learningRate),
        "learning rate (%s) must be one of %s",
        learningRate,
        design.learningRates());
    return new View(
        design.strategies().stream().map(strategy -> outcome(strategy, learningRate)).toList());
  }

  /**
   * Every strategy at its own best rate: the one of the lowest median over the seeds of {@link
   * ComparisonRun#score}, which is +infinity for runs that are not healthy. Of equal rates, that
   * with more healthy runs; of these, the smaller.
   *
   * <p>The seeds that select a rate also report on it. That is optimistic, equally for every
   * strategy; a fresh set of seeds removes it.
   */
  public View bestRate() {
    return new View(design.strategies().stream().map(this::best).toList());
  }

  private StrategyOutcome best(Competitor strategy) {
    Comparator<StrategyOutcome> order =
        Comparator.comparingDouble((StrategyOutcome outcome) -> outcome.summary().score().median())
            .thenComparing(outcome -> outcome.summary().healthy(), Comparator.reverseOrder())
            .thenComparingDouble(StrategyOutcome::learningRate);
    return design.learningRates().stream()
        .map(rate -> outcome(strategy, rate))
        .min(order)
        .orElseThrow();
  }

  private StrategyOutcome outcome(Competitor strategy, double learningRate) {
    List<ComparisonRun> selected =
        runs.stream()
            .filter(run -> run.cell().strategy().equals(strategy.name()))
            .filter(run -> run.cell().learningRate() == learningRate)
            .toList();
    return StrategyOutcome.of(strategy.name(), learningRate, selected, design.evaluationSteps());
  }

  /**
   * The curve of an outcome against training time. Evaluations that have no time, since every run
   * diverged, are left out.
   */
  public List<TimedQuartiles> againstSeconds(StrategyOutcome outcome) {
    boolean someFinished = outcome.runs().stream().anyMatch(run -> run.divergence().isEmpty());
    Set<Cell> timed =
        outcome.runs().stream()
            .filter(run -> !someFinished || run.divergence().isEmpty())
            .map(ComparisonRun::cell)
            .collect(Collectors.toSet());
    List<Timing> axis = timings.stream().filter(timing -> timed.contains(timing.cell())).toList();
    List<TimedQuartiles> points = new ArrayList<>();
    for (CurveQuartiles at : outcome.curve()) {
      double[] seconds =
          axis.stream().mapToDouble(timing -> seconds(timing, at.step(), someFinished)).toArray();
      // Over a fixed set of runs, so that the median never falls.
      if (Arrays.stream(seconds).noneMatch(Double::isNaN)) {
        points.add(new TimedQuartiles(Quantiles.median(seconds), at));
      }
    }
    return List.copyOf(points);
  }

  /** A run that ended early spent no more time if {@code carryForward}, else it has none. */
  private static double seconds(Timing timing, long step, boolean carryForward) {
    double seconds = Double.NaN;
    for (Timing.Point point : timing.points()) {
      if (point.step() == step || (point.step() < step && carryForward)) {
        seconds = point.seconds();
      }
    }
    return seconds;
  }

  /**
   * The scores of strategy {@code a} against those of {@code b}, paired by seed.
   *
   * @throws IllegalArgumentException if one of them took no part
   */
  public PairedDifference paired(View view, String a, String b, Bootstrap bootstrap) {
    return PairedDifference.of(scores(view, a), scores(view, b), bootstrap);
  }

  private static double[] scores(View view, String strategy) {
    return view.outcome(strategy).runs().stream().mapToDouble(ComparisonRun::score).toArray();
  }

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
      Require.argument(
          evaluationSize >= 2, "evaluationSize (%s) must be at least 2", evaluationSize);
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
}
