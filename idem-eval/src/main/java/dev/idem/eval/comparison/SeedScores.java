package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.eval.Quantiles.Quartiles;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The scores of one configuration over its seeds; lower is better.
 *
 * @param known those of runs that have one, +infinity for a run that diverged, failed or collapsed
 * @param seeds of all runs, those without a score included
 */
public record SeedScores(List<Double> known, int seeds) {

  public SeedScores {
    known = List.copyOf(known);
    Require.argument(
        known.size() <= seeds, "%s scores of %s seeds are too many", known.size(), seeds);
  }

  /** The median; not-a-number without a score. */
  public double median() {
    return known.isEmpty() ? Double.NaN : Quartiles.of(known).median();
  }

  /** How many are infinite. */
  public int infinite() {
    return (int) known.stream().filter(score -> Double.isInfinite(score)).count();
  }

  /**
   * Configurations ranked by the median of their scores; of equal medians, that with fewer infinite
   * scores; of these, the earlier. One that lacks the score of some seed, or has fewer seeds than
   * others, is ranked only if that holds for all: fewer seeds are not compared with more.
   */
  public static <C> List<C> ranked(List<C> configurations, Function<C, SeedScores> scores) {
    int most = configurations.stream().mapToInt(each -> scores.apply(each).seeds).max().orElse(0);
    boolean someWhole =
        configurations.stream().anyMatch(each -> scores.apply(each).known.size() == most);
    return configurations.stream()
        .filter(
            each -> {
              int known = scores.apply(each).known.size();
              return someWhole ? known == most : known > 0;
            })
        .sorted(
            Comparator.comparingDouble((C each) -> scores.apply(each).median())
                .thenComparingInt(each -> scores.apply(each).infinite()))
        .toList();
  }
}
