package dev.idem.cli.command;

import dev.idem.cli.console.Terminal;
import dev.idem.figures.TextTable;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.experiment.Sweep.Axis;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.sweep.SweepExecution;
import dev.idem.runs.sweep.SweepExecution.Configuration;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepWorker.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the console says of a sweep, before it and after it. */
record SweepSummary(Sweep sweep) {

  private static final int SHOWN = 5;

  /** The number of runs, the axes, the metric, the budget and the rounds of halving. */
  List<String> design() {
    List<Entry> affordable = SweepExecution.affordable(sweep);
    long seeds = sweep.entries().stream().map(Entry::seed).distinct().count();
    List<String> lines = new ArrayList<>();
    lines.add(
        formatted(
            "sweep      %s, %,d runs: %,d configurations, %s seed%s",
            sweep.options().design().label(),
            sweep.entries().size(),
            sweep.entries().stream().map(Entry::setting).distinct().count(),
            seeds,
            seeds == 1 ? "" : "s"));
    sweep.axes().forEach(axis -> lines.add("axis       " + shown(axis)));
    lines.add("metric     %s, the median over the seeds".formatted(metric()));
    if (affordable.size() < sweep.entries().size()) {
      lines.add(
          formatted(
              "budget     %,d steps: the first %,d runs",
              sweep.options().budget().steps().orElse(0), affordable.size()));
    }
    List<Long> pauses = sweep.rungs().subList(0, sweep.rungs().size() - 1);
    if (!pauses.isEmpty()) {
      lines.add(
          "halving    after %s of %s steps"
              .formatted(
                  pauses.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  sweep.entries().get(0).steps()));
    }
    return lines;
  }

  private static String shown(Axis axis) {
    List<String> values = axis.values();
    return "%s: %s"
        .formatted(
            axis.key(),
            values.size() <= 2 * SHOWN
                ? String.join(" | ", values)
                : "%s values, %s to %s"
                    .formatted(values.size(), values.get(0), values.get(values.size() - 1)));
  }

  /**
   * The predicted time.
   *
   * @param costs of some runs
   * @param timed steps of each of these
   * @param jobs runs at the same time
   */
  String cost(List<Cost> costs, int timed, int jobs) {
    if (costs.isEmpty()) {
      return "predicted  nothing: the runs that were tried diverge or end at once";
    }
    double start = costs.stream().mapToDouble(Cost::start).average().orElse(0);
    double step = costs.stream().mapToDouble(Cost::step).average().orElse(0);
    List<Entry> runs = SweepExecution.affordable(sweep);
    long inEpochs = runs.stream().filter(run -> run.steps() == 0).count();
    double each = costs.stream().mapToLong(Cost::steps).average().orElse(0);
    long steps = SweepExecution.steps(sweep) + Math.round(inEpochs * each);
    return formatted(
        "predicted  %,d steps of %.2g s and %,d starts of %.2g s, %s at the same time: %s at most,"
            + " without evaluations (%s steps of %s run%s timed)",
        steps,
        step,
        runs.size(),
        start,
        jobs,
        duration((runs.size() * start + steps * step) / jobs),
        timed,
        costs.size(),
        costs.size() == 1 ? "" : "s");
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return formatted("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** How the runs ended, and the best configurations. */
  List<String> result(Map<String, SweepOutcome> outcomes, boolean complete) {
    Map<State, Long> counts =
        outcomes.values().stream()
            .collect(Collectors.groupingBy(SweepOutcome::state, Collectors.counting()));
    String ended =
        Stream.of(State.values())
            .filter(counts::containsKey)
            .map(state -> counts.get(state) + " " + SweepTable.label(state))
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add(complete ? "done       " + ended : "budget     of minutes is spent; " + ended);
    List<Configuration> best = ranked(outcomes).limit(SHOWN).toList();
    if (best.isEmpty()) {
      lines.add("no configuration has a finite " + metric());
    } else {
      lines.addAll(
          TextTable.lines(
              Stream.concat(Stream.of(metric()), sweep.axes().stream().map(Axis::key)).toList(),
              best.stream().map(SweepSummary::row).toList(),
              Terminal.here().width()));
    }
    return lines;
  }

  private static List<String> row(Configuration configuration) {
    String median = formatted("%.4g", configuration.scores().median());
    return Stream.concat(Stream.of(median), configuration.setting().stream()).toList();
  }

  /** The best configuration; empty if none has a finite median. */
  Optional<Configuration> best(Map<String, SweepOutcome> outcomes) {
    return ranked(outcomes).findFirst();
  }

  /** By runs that have ended: a paused one has had fewer steps to do well. */
  private Stream<Configuration> ranked(Map<String, SweepOutcome> outcomes) {
    Map<String, SweepOutcome> ended =
        outcomes.values().stream()
            .filter(outcome -> outcome.state().isFinal() || outcome.state() == State.FAILED)
            .collect(Collectors.toMap(SweepOutcome::id, outcome -> outcome));
    return SweepExecution.ranked(sweep.entries(), ended, metric()).stream()
        .filter(configuration -> Double.isFinite(configuration.scores().median()));
  }

  private String metric() {
    return sweep.options().metric().label();
  }

  private static String formatted(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
