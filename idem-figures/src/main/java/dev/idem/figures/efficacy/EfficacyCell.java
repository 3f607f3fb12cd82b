package dev.idem.figures.efficacy;

import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.figures.Methods;
import java.util.List;

/**
 * One architecture from one start.
 *
 * @param task its name
 * @param start how the weights are drawn
 * @param result every run
 * @param equal the methods at an equal rate
 * @param best each method at its own best rate
 */
record EfficacyCell(
    String task,
    String start,
    ComparisonResult result,
    ComparisonResult.View equal,
    ComparisonResult.View best) {

  /** One of the two choices of rates, by name. */
  record Rates(String name, ComparisonResult.View view) {
    /** The methods that the paper compares. */
    List<StrategyOutcome> ofPaper() {
      return view.outcomes().stream()
          .filter(outcome -> Methods.inPaper(outcome.strategy()))
          .toList();
    }
  }

  static EfficacyCell of(EfficacyTask task, String start, ComparisonResult result) {
    return new EfficacyCell(
        task.name(), start, result, result.equalRate(task.equalRate()), result.bestRate());
  }

  /** The methods compared, in the order of every legend and table. */
  List<String> methods() {
    return best.outcomes().stream().map(StrategyOutcome::strategy).toList();
  }

  /** Equal rates, then best rates. */
  List<Rates> rates() {
    return List.of(new Rates("equal", equal), new Rates("best", best));
  }
}
