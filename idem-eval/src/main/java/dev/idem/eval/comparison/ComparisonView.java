package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import java.util.List;

/**
 * One panel of a comparison: each strategy at one learning rate.
 *
 * @param outcomes one per strategy, in the order of the comparison
 */
public record ComparisonView(List<StrategyOutcome> outcomes) {

  public ComparisonView {
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
