package dev.idem.cli.command;

import dev.idem.cli.console.Terminal;
import dev.idem.figures.Table;
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
import java.util.TreeSet;
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
            "sweep      %s, %s: %s, %s",
            sweep.options().design().label(),
            count(sweep.entries().size(), "run"),
            count(sweep.entries().stream().map(Entry::setting).distinct().count(), "configuration"),
            count(seeds, "seed")));
    sweep.axes().forEach(axis -> lines.add("axis       " + shown(axis)));
    lines.add("metric     %s, the median over the seeds".formatted(metric()));
    if (affordable.size() < sweep.entries().size()) {
      lines.add(
          formatted(
              "budget     %,d steps: the first %s",
              sweep.options().budget().steps().orElse(0), count(affordable.size(), "run")));
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

  private static String count(long number, String of) {
    return formatted("%,d %s%s", number, of, number == 1 ? "" : "s");
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

  /** The runs of a sweep as tables for files. */
  static final class SweepTable {

    private static final String NAME = "runs";

    /** The file of the results. */
    static final String FILE = NAME + ".csv";

    private SweepTable() {}

    /** How a run ended, as it is written: {@code finished}. */
    static String label(State state) {
      return state.name().toLowerCase(Locale.ROOT);
    }

    /** The columns of {@link #setting}. */
    static Stream<String> settingHeader(Sweep sweep) {
      return Stream.concat(sweep.axes().stream().map(Sweep.Axis::key), Stream.of("seed", "steps"));
    }

    /** A run's value of each axis, its seed and its steps; a dash if these are not known. */
    static Stream<String> setting(Entry run) {
      return Stream.concat(
          run.setting().stream(),
          Stream.of(
              Long.toString(run.seed()), run.steps() == 0 ? "-" : Long.toString(run.steps())));
    }

    /**
     * The results, the same bytes whatever executed the sweep; and the times. A run without an
     * outcome is {@code not run}.
     */
    static List<Table> tables(Sweep sweep, Map<String, SweepOutcome> outcomes) {
      TreeSet<String> metrics = new TreeSet<>();
      outcomes.values().forEach(outcome -> metrics.addAll(outcome.metrics().keySet()));
      List<Table.Column<Entry>> columns = new ArrayList<>();
      columns.add(new Table.Column<>("run", Entry::id));
      for (int i = 0; i < sweep.axes().size(); i++) {
        int axis = i;
        columns.add(new Table.Column<>(sweep.axes().get(i).key(), run -> run.setting().get(axis)));
      }
      columns.add(new Table.Column<>("seed", Entry::seed));
      columns.add(
          new Table.Column<>(
              "state",
              run -> outcome(run, outcomes).map(found -> label(found.state())).orElse("not run")));
      columns.add(
          new Table.Column<>(
              "steps", run -> outcome(run, outcomes).map(SweepOutcome::steps).orElse(0L)));
      for (String metric : metrics) {
        columns.add(
            new Table.Column<>(
                metric,
                run ->
                    outcome(run, outcomes)
                        .map(found -> found.metrics().get(metric))
                        .orElse(Double.NaN)));
      }
      columns.add(
          new Table.Column<>(
              "verdict", run -> outcome(run, outcomes).map(SweepOutcome::verdict).orElse("")));
      columns.add(
          new Table.Column<>(
              "message", run -> outcome(run, outcomes).map(SweepOutcome::message).orElse("")));
      List<Table.Column<Entry>> timing =
          List.of(
              new Table.Column<>("run", Entry::id),
              new Table.Column<>(
                  "seconds",
                  run -> outcome(run, outcomes).map(SweepOutcome::seconds).orElse(Double.NaN)),
              new Table.Column<>(
                  "host", run -> outcome(run, outcomes).map(SweepOutcome::host).orElse("")));
      return List.of(
          Table.filed(NAME, "Every run.", sweep.entries(), columns),
          Table.timings(NAME, "Where and how long.", sweep.entries(), timing));
    }

    private static Optional<SweepOutcome> outcome(Entry run, Map<String, SweepOutcome> outcomes) {
      return Optional.ofNullable(outcomes.get(run.id()));
    }
  }
}
