package dev.idem.figures.efficacy;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.ComparisonRun;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which method wins where. A method can win only with a majority of healthy runs, that is, a finite
 * median score; it is better than one that cannot. Of two that can, one is better if its median
 * score is lower and it is lower in more seeds than it is higher; otherwise they are level. Scores
 * below {@link #FLOOR} count as equal to it.
 */
final class EfficacyRanking {

  /**
   * Below this a score is the rounding of single precision: about 1e-14 of the power, and as much
   * of the variance for the bias-free linear maps of centred inputs, which alone get there.
   */
  static final double FLOOR = 1e-12;

  /** How one method did against another. */
  enum Duel {
    BETTER,
    LEVEL,
    WORSE,
    /** Neither has a majority of healthy runs. */
    NEITHER
  }

  /** By method, one score per seed, none below the floor. */
  private final Map<String, double[]> scores = new LinkedHashMap<>();

  /**
   * A ranking of methods.
   *
   * @param scores by method, one score per seed, infinite for a run that is not healthy
   */
  EfficacyRanking(Map<String, double[]> scores) {
    scores.forEach(
        (method, of) ->
            this.scores.put(
                method, Arrays.stream(of).map(score -> Math.max(FLOOR, score)).toArray()));
  }

  static EfficacyRanking of(ComparisonResult.View view) {
    Map<String, double[]> scores = new LinkedHashMap<>();
    view.outcomes()
        .forEach(
            outcome ->
                scores.put(
                    outcome.strategy(),
                    outcome.runs().stream().mapToDouble(ComparisonRun::score).toArray()));
    return new EfficacyRanking(scores);
  }

  /** The method of the lowest median score and all it is not better than; empty if none can win. */
  List<String> leaders() {
    return scores.keySet().stream()
        .filter(this::canWin)
        .min(Comparator.comparingDouble(this::median))
        .map(
            first ->
                scores.keySet().stream()
                    .filter(other -> canWin(other) && duel(first, other) != Duel.BETTER)
                    .toList())
        .orElse(List.of());
  }

  /** How method {@code a} did against method {@code b}. */
  Duel duel(String a, String b) {
    if (!canWin(a) || !canWin(b)) {
      return canWin(a) ? Duel.BETTER : canWin(b) ? Duel.WORSE : Duel.NEITHER;
    }
    double[] ofA = of(a);
    double[] ofB = of(b);
    int lead = 0;
    for (int seed = 0; seed < ofA.length; seed++) {
      lead += Double.compare(ofB[seed], ofA[seed]);
    }
    int medians = Double.compare(median(a), median(b));
    if (medians < 0 && lead > 0) {
      return Duel.BETTER;
    }
    return medians > 0 && lead < 0 ? Duel.WORSE : Duel.LEVEL;
  }

  /** In how many seeds method {@code a} has a lower score than method {@code b}. */
  int lower(String a, String b) {
    double[] ofA = of(a);
    double[] ofB = of(b);
    int lower = 0;
    for (int seed = 0; seed < ofA.length; seed++) {
      lower += ofA[seed] < ofB[seed] ? 1 : 0;
    }
    return lower;
  }

  /** Whether a majority of the runs is healthy. */
  boolean canWin(String method) {
    return Double.isFinite(median(method));
  }

  private double median(String method) {
    return Quartiles.of(Arrays.stream(of(method)).boxed().toList()).median();
  }

  private double[] of(String method) {
    double[] found = scores.get(method);
    if (found == null) {
      throw new IllegalArgumentException(
          "method ('%s') must be one of %s".formatted(method, scores.keySet()));
    }
    return found;
  }
}
