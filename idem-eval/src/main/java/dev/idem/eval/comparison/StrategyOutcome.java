package dev.idem.eval.comparison;

import dev.idem.eval.metrics.CollapseVerdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one strategy at one learning rate, over the seeds.
 *
 * @param strategy its name
 * @param learningRate at which
 * @param runs in the order of the seeds
 * @param curve at each scheduled evaluation
 * @param summary of the trained networks
 */
public record StrategyOutcome(
    String strategy,
    double learningRate,
    List<ComparisonRun> runs,
    List<CurveQuartiles> curve,
    Summary summary) {

  /**
   * Over the seeds, at one evaluation. A run that diverged counts as +infinity from then on; one
   * that a stop rule ended keeps its last value. A relative error to zero power is undefined and
   * counts as +infinity.
   *
   * @param step training steps done
   * @param error of the idempotency error
   * @param relativeError of error / power
   */
  public record CurveQuartiles(long step, Quartiles error, Quartiles relativeError) {}

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
   * @param runs how many
   * @param verdicts how many of each; those that did not occur are left out
   * @param score {@link ComparisonRun#score}
   * @param error {@link ComparisonRun#finalError}
   * @param relativeError {@link ComparisonRun#finalRelativeError}
   * @param powerRatio output power / input power, of the runs whose outputs are finite; empty if
   *     there is none
   * @param effectiveRank of the outputs, of the same runs
   */
  public record Summary(
      int runs,
      Map<CollapseVerdict, Integer> verdicts,
      Quartiles score,
      Quartiles error,
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
      return runs - healthy() - diverged();
    }
  }

  public StrategyOutcome {
    runs = List.copyOf(runs);
    curve = List.copyOf(curve);
  }
}
