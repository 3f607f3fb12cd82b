package dev.idem.figures.sweep;

import dev.idem.api.check.Numbers;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.sweep.Effects.Row;
import dev.idem.figures.sweep.Ranking.Configuration;
import dev.idem.figures.sweep.SweepResults.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The tables of a sweep, in full. */
final class Tables {

  /** So many of the best are compared with the best. */
  private static final int COMPARED = 10;

  private final SweepResults results;
  private final Ranking ranking;
  private final Bootstrap bootstrap;

  Tables(SweepResults results, Ranking ranking, Bootstrap bootstrap) {
    this.results = results;
    this.ranking = ranking;
    this.bootstrap = bootstrap;
  }

  private <R> List<Column<R>> settings(Function<R, List<String>> setting) {
    List<Column<R>> columns = new ArrayList<>();
    for (int i = 0; i < results.axes().size(); i++) {
      int axis = i;
      columns.add(new Column<>(results.axes().get(i).key(), row -> setting.apply(row).get(axis)));
    }
    return columns;
  }

  /** The best few, each against the best. */
  Table comparisons() {
    Configuration best = ranking.ranked().get(0);
    record Compared(int rank, Configuration of, Contrast contrast) {}
    List<Compared> rows =
        IntStream.range(0, Math.min(COMPARED, ranking.ranked().size()))
            .mapToObj(
                i -> {
                  Configuration each = ranking.ranked().get(i);
                  return new Compared(
                      i + 1, each, Contrast.of(each, best, ranking.ratio(), bootstrap));
                })
            .toList();
    List<Column<Compared>> columns = new ArrayList<>();
    columns.add(new Column<>("rank", Compared::rank));
    columns.add(new Column<>("median", row -> row.of().median()));
    columns.add(
        new Column<>(
            ranking.ratio() ? "times the best" : "minus the best",
            row -> row.contrast().median().orElse(Double.NaN)));
    columns.add(
        new Column<>(
            "95 % interval",
            row ->
                row.rank() == 1
                    ? "–"
                    : row.contrast()
                        .interval()
                        .map(
                            i ->
                                Numbers.rounded(i.low(), 3) + " to " + Numbers.rounded(i.high(), 3))
                        .orElse("–")));
    columns.add(
        new Column<>("verdict", row -> row.rank() == 1 ? "the best" : row.contrast().verdict()));
    columns.add(new Column<>("seeds", row -> row.contrast().pairs()));
    columns.addAll(settings(row -> row.of().setting()));
    columns.add(
        new Column<>(
            "range",
            row ->
                Numbers.rounded(row.of().least(), 3)
                    + " to "
                    + Numbers.rounded(row.of().greatest(), 3)));
    columns.add(new Column<>("infinite", row -> row.of().infinite()));
    return Table.shown(
        "comparisons",
        "The best %s by the median of %s, each against the first."
            .formatted(Sentences.count(rows.size(), "configuration"), results.metric()),
        rows,
        columns);
  }

  /** The main effects. */
  Table effects(List<Effects> effects) {
    record Line(String axis, Row row) {}
    List<Line> rows = new ArrayList<>();
    for (Effects each : effects) {
      String key = results.axes().get(each.axis()).key();
      each.rows().forEach(row -> rows.add(new Line(key, row)));
    }
    return Table.shown(
        "effects",
        "Each value of each axis: the median and the least of the ranked configurations’ medians"
            + " of "
            + results.metric()
            + ", and the share of their runs that diverged, failed or collapsed.",
        rows,
        List.of(
            new Column<>("axis", Line::axis),
            new Column<>("value", line -> line.row().level().label()),
            new Column<>("configurations", line -> line.row().configurations()),
            new Column<>("median", line -> line.row().median()),
            new Column<>("best", line -> line.row().best()),
            new Column<>("infinite, %", line -> 100 * line.row().infinite())));
  }

  /** Every configuration, ranked or not. */
  Table configurations() {
    List<Column<Configuration>> columns = new ArrayList<>();
    columns.add(new Column<>("configuration", Configuration::number));
    columns.add(
        new Column<>(
            "rank",
            each -> ranking.ranked().contains(each) ? ranking.ranked().indexOf(each) + 1 : ""));
    columns.addAll(settings(Configuration::setting));
    columns.add(new Column<>("runs", each -> each.runs().size()));
    columns.add(new Column<>("scores", each -> each.scores().size()));
    columns.add(new Column<>("infinite", Configuration::infinite));
    columns.add(new Column<>("median", Configuration::median));
    columns.add(new Column<>("least", Configuration::least));
    columns.add(new Column<>("greatest", Configuration::greatest));
    return Table.filed(
        "configurations",
        "Every configuration with its rank; none where a seed has no score.",
        ranking.configurations(),
        columns);
  }

  /** Every run. */
  Table runs() {
    List<Column<Run>> columns = new ArrayList<>();
    columns.add(new Column<>("run", Run::id));
    columns.addAll(settings(Run::setting));
    columns.add(new Column<>("seed", Run::seed));
    columns.add(new Column<>("state", run -> run.state().label()));
    columns.add(new Column<>("steps", Run::steps));
    for (String metric : results.metrics()) {
      columns.add(new Column<>(metric, run -> SweepResults.metric(run, metric)));
    }
    columns.add(new Column<>("message", Run::message));
    return Table.shown("runs", "Every run, in the order of the design.", results.runs(), columns);
  }
}
