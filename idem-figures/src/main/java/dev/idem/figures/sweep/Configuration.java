package dev.idem.figures.sweep;

import dev.idem.eval.comparison.Quartiles;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

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

  /** Whether each of its runs has a score. */
  boolean complete() {
    return scores.size() == runs.size();
  }

  /** Over the scores; there must be one. */
  Quartiles quartiles() {
    return Quartiles.of(scores.values());
  }

  /** The median score; not-a-number without one. */
  double median() {
    return scores.isEmpty() ? Double.NaN : quartiles().median();
  }

  double least() {
    return scores.values().stream().mapToDouble(score -> score).min().orElse(Double.NaN);
  }

  double greatest() {
    return scores.values().stream().mapToDouble(score -> score).max().orElse(Double.NaN);
  }

  /** How many scores are infinite: of runs that diverged, failed or collapsed. */
  int infinite() {
    return (int) scores.values().stream().filter(score -> Double.isInfinite(score)).count();
  }
}
