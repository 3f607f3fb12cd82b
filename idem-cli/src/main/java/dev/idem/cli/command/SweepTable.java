package dev.idem.cli.command;

import dev.idem.figures.Table;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepOutcome.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The runs of a sweep as tables for files. */
final class SweepTable {

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
        Stream.of(Long.toString(run.seed()), run.steps() == 0 ? "-" : Long.toString(run.steps())));
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
