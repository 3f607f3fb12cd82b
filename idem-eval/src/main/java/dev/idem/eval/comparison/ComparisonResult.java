package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.eval.comparison.ComparisonDesign.Competitor;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.comparison.StrategyOutcome.TimedQuartiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every run of a comparison, and what follows from them. Everything but {@link #timings} and {@link
 * #againstSeconds} repeats exactly.
 *
 * @param design what was compared
 * @param runs in the order of {@link ComparisonDesign#cells}
 * @param timings of the runs, in the same order
 */
public record ComparisonResult(
    ComparisonDesign design, List<ComparisonRun> runs, List<RunTiming> timings) {

  public ComparisonResult {
    runs = List.copyOf(runs);
    timings = List.copyOf(timings);
    Require.argument(
        runs.stream().map(ComparisonRun::cell).toList().equals(design.cells()),
        "runs of '%s' must be those of its cells, in order",
        design.name());
    Require.argument(
        timings.stream().map(RunTiming::cell).toList().equals(design.cells()),
        "timings of '%s' must be those of its cells, in order",
        design.name());
  }

  /**
   * Every strategy at the same learning rate. Rates are not comparable across strategies: read it
   * beside {@link #bestRate}.
   *
   * @throws IllegalArgumentException if the rate is not in the grid
   */
  public ComparisonView equalRate(double learningRate) {
    Require.argument(
        design.learningRates().contains(learningRate),
        "learning rate (%s) must be one of %s",
        learningRate,
        design.learningRates());
    return new ComparisonView(
        design.strategies().stream().map(strategy -> outcome(strategy, learningRate)).toList());
  }

  /**
   * Every strategy at its own best rate: the one of the lowest median over the seeds of {@link
   * ComparisonRun#score}, which is +infinity for runs that collapsed or diverged. Of equal rates,
   * that with more healthy runs; of these, the smaller.
   *
   * <p>The seeds that select a rate also report on it. That is optimistic, equally for every
   * strategy; a fresh set of seeds removes it.
   */
  public ComparisonView bestRate() {
    return new ComparisonView(design.strategies().stream().map(this::best).toList());
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
    return new OutcomeBuilder(design.evaluationSteps())
        .outcome(strategy.name(), learningRate, selected);
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
    TimeAxis axis =
        new TimeAxis(
            timings.stream().filter(timing -> timed.contains(timing.cell())).toList(),
            someFinished);
    List<TimedQuartiles> points = new ArrayList<>();
    outcome
        .curve()
        .forEach(
            at ->
                axis.seconds(at.step())
                    .ifPresent(seconds -> points.add(new TimedQuartiles(seconds, at))));
    return List.copyOf(points);
  }

  /**
   * The scores of strategy {@code a} against those of {@code b}, paired by seed.
   *
   * @param view which rates to compare at
   * @throws IllegalArgumentException if one of them took no part
   */
  public PairedDifference paired(ComparisonView view, String a, String b, Bootstrap bootstrap) {
    return PairedDifference.of(scores(view, a), scores(view, b), bootstrap);
  }

  private static double[] scores(ComparisonView view, String strategy) {
    return view.outcome(strategy).runs().stream().mapToDouble(ComparisonRun::score).toArray();
  }
}
