package dev.idem.figures.sweep;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.SeedScores;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The configurations of a sweep, {@linkplain SeedScores#ranked ranked} by the median of their
 * scores.
 *
 * @param configurations all, in the order of the design
 * @param ranked the best first
 * @param ratio whether no score is negative, so that ratios and logarithms make sense
 */
record Ranking(List<Configuration> configurations, List<Configuration> ranked, boolean ratio) {

  /**
   * The runs of one setting.
   *
   * @param number its place in the design, from 1
   * @param setting a value of each axis
   * @param runs one for each seed
   * @param scores by seed, of the runs that have one: the metric of a finished run, +infinity where
   *     it is undefined and for a run that diverged or failed
   */
  record Configuration(
      int number, List<String> setting, List<Run> runs, NavigableMap<Long, Double> scores) {

    static Configuration of(int number, List<Run> runs, String metric) {
      NavigableMap<Long, Double> scores = new TreeMap<>();
      for (Run run : runs) {
        if (run.state() == State.FINISHED) {
          double score = SweepResults.metric(run, metric);
          scores.put(run.seed(), Double.isNaN(score) ? Double.POSITIVE_INFINITY : score);
        } else if (run.state() == State.DIVERGED || run.state() == State.FAILED) {
          scores.put(run.seed(), Double.POSITIVE_INFINITY);
        }
      }
      return new Configuration(
          number,
          runs.get(0).setting(),
          List.copyOf(runs),
          Collections.unmodifiableNavigableMap(scores));
    }

    private SeedScores seedScores() {
      return new SeedScores(List.copyOf(scores.values()), runs.size());
    }

    /** Over the scores; there must be one. */
    Quartiles quartiles() {
      return Quartiles.of(scores.values());
    }

    /** The median score; not-a-number without one. */
    double median() {
      return seedScores().median();
    }

    double least() {
      return scores.values().stream().mapToDouble(score -> score).min().orElse(Double.NaN);
    }

    double greatest() {
      return scores.values().stream().mapToDouble(score -> score).max().orElse(Double.NaN);
    }

    /** How many scores are infinite: of runs that diverged, failed or collapsed. */
    int infinite() {
      return seedScores().infinite();
    }
  }

  static Ranking of(SweepResults results) {
    Map<List<String>, List<Run>> bySetting = new LinkedHashMap<>();
    for (Run run : results.runs()) {
      bySetting.computeIfAbsent(run.setting(), setting -> new ArrayList<>()).add(run);
    }
    List<Configuration> all = new ArrayList<>();
    bySetting
        .values()
        .forEach(runs -> all.add(Configuration.of(all.size() + 1, runs, results.metric())));
    boolean ratio =
        all.stream().flatMap(each -> each.scores().values().stream()).allMatch(score -> score >= 0);
    return new Ranking(List.copyOf(all), SeedScores.ranked(all, Configuration::seedScores), ratio);
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
