package dev.idem.figures.sweep;

import dev.idem.figures.sweep.SweepResults.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The configurations of a sweep, ranked by the median of their scores; of equal medians, that with
 * fewer infinite scores; of these, the earlier. A configuration that lacks a score of some seed is
 * ranked only if all of them do: fewer seeds are not compared with more.
 *
 * @param configurations all, in the order of the design
 * @param ranked the best first
 * @param ratio whether no score is negative, so that ratios and logarithms make sense
 */
record Ranking(List<Configuration> configurations, List<Configuration> ranked, boolean ratio) {

  static Ranking of(SweepResults results) {
    Map<List<String>, List<Run>> bySetting = new LinkedHashMap<>();
    for (Run run : results.runs()) {
      bySetting.computeIfAbsent(run.setting(), setting -> new ArrayList<>()).add(run);
    }
    List<Configuration> all = new ArrayList<>();
    bySetting
        .values()
        .forEach(runs -> all.add(Configuration.of(all.size() + 1, runs, results.metric())));
    long seeds = all.stream().mapToInt(each -> each.runs().size()).max().orElse(0);
    Predicate<Configuration> full = each -> each.complete() && each.runs().size() == seeds;
    boolean someFull = all.stream().anyMatch(full);
    List<Configuration> ranked =
        all.stream()
            .filter(each -> someFull ? full.test(each) : !each.scores().isEmpty())
            .sorted(
                Comparator.comparingDouble(Configuration::median)
                    .thenComparingInt(Configuration::infinite)
                    .thenComparingInt(Configuration::number))
            .toList();
    boolean ratio =
        all.stream().flatMap(each -> each.scores().values().stream()).allMatch(score -> score >= 0);
    return new Ranking(List.copyOf(all), ranked, ratio);
  }

  /** The best; empty if no median is finite. */
  Optional<Configuration> best() {
    return bestOf(each -> true);
  }

  /** The best of those; empty if no median of theirs is finite. */
  Optional<Configuration> bestOf(Predicate<Configuration> those) {
    return ranked.stream().filter(those).findFirst().filter(each -> finite(each));
  }

  private static boolean finite(Configuration configuration) {
    return Double.isFinite(configuration.median());
  }

  /** The finite medians, in ascending order. */
  List<Double> finiteMedians() {
    return ranked.stream().filter(each -> finite(each)).map(Configuration::median).toList();
  }
}
