package dev.idem.uses;

import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables of a use: medians of every method with paired differences, and every run. */
public final class UseTables {

  /** The name of the table of every run. */
  public static final String RUNS = "runs";

  private final UseResults results;

  /** A method or baseline at a setting. */
  private record Row(Use use, String method) {}

  /** The tables of these results. */
  public UseTables(UseResults results) {
    this.results = results;
  }

  /** All tables, the medians first. */
  public List<Table> all() {
    return List.of(medians(), runs());
  }

  /** The quality of f and of f^k of every method, a line each, for a console. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    int width = 6;
    for (Use use : results.uses()) {
      for (String method : results.methods(use)) {
        width = Math.max(width, method.length());
      }
    }
    String format = "  %-" + width + "s  %10s  %10s  %s";
    for (Use use : results.uses()) {
      int last = use.applications().get(use.applications().size() - 1);
      lines.add(use.setting() + ": " + use.quality().name());
      lines.add(
          String.format(
              Locale.ROOT, format, "method", "f", "f^" + last, "paired difference of f^" + last));
      for (String method : results.methods(use)) {
        Row row = new Row(use, method);
        lines.add(
            String.format(
                    Locale.ROOT,
                    format,
                    method,
                    number(median(row, Measured::first)),
                    number(median(row, Measured::last)),
                    difference(row, Measured::last))
                .stripTrailing());
      }
    }
    return lines;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4g", value);
  }

  private Table medians() {
    List<Row> rows = new ArrayList<>();
    results.uses().forEach(use -> results.methods(use).forEach(m -> rows.add(new Row(use, m))));
    Use first = results.uses().get(0);
    int last = first.applications().get(first.applications().size() - 1);
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(new Column<>("setting", row -> row.use().setting()));
    columns.add(new Column<>("method", Row::method));
    columns.add(new Column<>("parameters", this::parameters));
    columns.add(new Column<>("seeds", row -> results.runs(row.use(), row.method()).size()));
    column(columns, first.quality().name(), Measured::first);
    column(columns, first.quality().name() + " of f^" + last, Measured::last);
    for (int i = 0; i < first.metrics().size(); i++) {
      int place = i;
      column(columns, first.metrics().get(i).name(), found -> found.metrics().get(place));
    }
    columns.add(
        new Column<>(
            "error / variance", row -> median(row, found -> found.report().errorOverVariance())));
    columns.add(
        new Column<>(
            "effective rank", row -> median(row, found -> found.report().effectiveRank())));
    columns.add(new Column<>("verdicts", this::verdicts));
    return Table.shown(
        results.family().name(),
        "Medians over seeds on held-out samples; 'difference' is that to the first method of the"
            + " setting, and of strategies that to their network on the task alone, paired by seed,"
            + " with the 95 % bootstrap interval of its median. With three seeds the interval is"
            + " hardly more than the range.",
        rows,
        columns);
  }

  private void column(List<Column<Row>> columns, String name, ToDoubleFunction<Measured> value) {
    columns.add(new Column<>(name, row -> median(row, value)));
    columns.add(new Column<>("difference of " + name, row -> difference(row, value)));
  }

  private double median(Row row, ToDoubleFunction<Measured> value) {
    return results.median(row.use(), row.method(), value);
  }

  private String difference(Row row, ToDoubleFunction<Measured> value) {
    String control = results.control(row.use(), row.method());
    if (row.method().equals(control)) {
      return "";
    }
    Optional<Interval> interval =
        results.interval(results.differences(row.use(), row.method(), control, value));
    return interval.map(found -> signed(found.low()) + " to " + signed(found.high())).orElse("");
  }

  /** Three significant digits with a sign. */
  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3g", value);
  }

  private Object parameters(Row row) {
    return results.runs(row.use(), row.method()).get(0).parameters().isPresent()
        ? results.runs(row.use(), row.method()).get(0).parameters().getAsLong()
        : "";
  }

  private String verdicts(Row row) {
    List<String> states =
        results.runs(row.use(), row.method()).stream().map(UseRun::state).toList();
    List<String> counted = new ArrayList<>();
    for (String state : states.stream().distinct().toList()) {
      counted.add(states.stream().filter(state::equals).count() + " " + state);
    }
    return String.join(", ", counted);
  }

  private Table runs() {
    List<Column<UseRun>> columns = new ArrayList<>();
    Use first = results.uses().get(0);
    columns.add(new Column<>("setting", run -> run.use().setting()));
    columns.add(new Column<>("method", UseRun::method));
    columns.add(new Column<>("seed", UseRun::seed));
    columns.add(new Column<>("verdict", UseRun::state));
    for (int i = 0; i < first.applications().size(); i++) {
      int place = i;
      columns.add(
          measured(
              first.quality().name() + " of f^" + first.applications().get(i),
              found -> found.quality().get(place)));
    }
    for (int i = 0; i < first.metrics().size(); i++) {
      int place = i;
      columns.add(measured(first.metrics().get(i).name(), found -> found.metrics().get(place)));
    }
    columns.add(measured("relative error", found -> found.report().relativeError()));
    columns.add(measured("error / variance", found -> found.report().errorOverVariance()));
    columns.add(measured("power", found -> found.report().power()));
    columns.add(measured("effective rank", found -> found.report().effectiveRank()));
    columns.add(measured("identity distance", found -> found.report().identityDistance()));
    return Table.filed(
        RUNS, "Every run and baseline, on held-out samples.", results.runs(), columns);
  }

  /** Empty for a diverged run. */
  private static Column<UseRun> measured(String name, ToDoubleFunction<Measured> value) {
    return new Column<>(name, run -> run.measured().<Object>map(value::applyAsDouble).orElse(""));
  }
}
