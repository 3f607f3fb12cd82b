package dev.idem.cli.figure;

import dev.idem.eval.chart.Axis;
import dev.idem.eval.chart.Chart;
import dev.idem.eval.chart.ChartGrid;
import dev.idem.eval.chart.Point;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.TimedQuartiles;
import dev.idem.eval.figure.Drawing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The panels of one efficacy task. */
final class EfficacyCharts {

  private static final int PANEL_WIDTH = 270;
  private static final int PANEL_HEIGHT = 265;
  private static final int WIDE = 360;

  private EfficacyCharts() {}

  /** Two drawings: the paper's two methods in full, then every method at its best rate. */
  static List<Drawing> drawings(EfficacyTask task, List<EfficacyCell> cells) {
    return List.of(ofPaper(task, cells), ofAll(task, cells));
  }

  private static Drawing ofPaper(EfficacyTask task, List<EfficacyCell> cells) {
    List<Chart> charts = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      List<StrategyOutcome> equal = cell.rates().get(0).ofPaper();
      List<StrategyOutcome> best = cell.rates().get(1).ofPaper();
      if (best.equals(equal)) {
        addRow(charts, cell.start() + ", equal = best", cell.result(), equal);
      } else {
        addRow(charts, cell.start() + ", equal rate", cell.result(), equal);
        addRow(charts, cell.start() + ", best rate", cell.result(), best);
      }
    }
    String caption =
        "%s: canonical loss against substituted gradient. Error is E‖f(f(x)) − f(x)‖²/n on 256 held-out samples, power E‖f(x)‖²/n. Lines: medians over %s seeds; bands: quartiles; a diverged run counts as infinite, so a line that stops is one whose median run diverged. The legend counts the runs that end neither collapsed, inflated nor diverged; wall time is training time on this machine, runs side by side."
            .formatted(task.name(), seeds(cells));
    return new Drawing(task.name(), caption, new ChartGrid(4, PANEL_WIDTH, PANEL_HEIGHT, charts));
  }

  private static Drawing ofAll(EfficacyTask task, List<EfficacyCell> cells) {
    List<Chart> charts =
        cells.stream()
            .map(
                cell ->
                    bySteps(
                        cell.start() + ", best rate",
                        "error / power",
                        CurveQuartiles::relativeError,
                        cell.best().outcomes(),
                        false))
            .toList();
    String caption =
        "%s: every method at its own best rate, medians over %s seeds; quartiles are in the table."
            .formatted(task.name(), seeds(cells));
    return new Drawing(
        task.name() + "-iterators", caption, new ChartGrid(3, WIDE, PANEL_HEIGHT + 60, charts));
  }

  private static String seeds(List<EfficacyCell> cells) {
    Set<String> seeds = new LinkedHashSet<>();
    cells.forEach(cell -> seeds.add(Integer.toString(cell.result().design().seeds().size())));
    return String.join(" or ", seeds);
  }

  private static void addRow(
      List<Chart> charts, String rates, ComparisonResult result, List<StrategyOutcome> outcomes) {
    Function<CurveQuartiles, Quartiles> error = CurveQuartiles::error;
    Function<CurveQuartiles, Quartiles> relative = CurveQuartiles::relativeError;
    charts.add(bySteps(rates, "error", error, outcomes, true));
    charts.add(bySteps(rates, "error / power", relative, outcomes, true));
    charts.add(bySeconds(rates, "error", error, result, outcomes));
    charts.add(bySeconds(rates, "error / power", relative, result, outcomes));
  }

  private static Chart bySteps(
      String rates,
      String what,
      Function<CurveQuartiles, Quartiles> read,
      List<StrategyOutcome> outcomes,
      boolean bands) {
    Chart.Builder chart = Chart.of(rates, Axis.linear("step"), Axis.log(what));
    for (StrategyOutcome outcome : outcomes) {
      List<Double> steps = outcome.curve().stream().map(at -> (double) at.step()).toList();
      add(chart, outcome, steps, outcome.curve().stream().map(read).toList(), bands);
    }
    return chart.build();
  }

  private static Chart bySeconds(
      String rates,
      String what,
      Function<CurveQuartiles, Quartiles> read,
      ComparisonResult result,
      List<StrategyOutcome> outcomes) {
    Chart.Builder chart = Chart.of(rates, Axis.linear("training time, s"), Axis.log(what));
    for (StrategyOutcome outcome : outcomes) {
      List<TimedQuartiles> timed = result.againstSeconds(outcome);
      List<Double> seconds = timed.stream().map(TimedQuartiles::seconds).toList();
      add(
          chart,
          outcome,
          seconds,
          timed.stream().map(TimedQuartiles::quartiles).map(read).toList(),
          true);
    }
    return chart.build();
  }

  private static void add(
      Chart.Builder chart,
      StrategyOutcome outcome,
      List<Double> xs,
      List<Quartiles> ys,
      boolean bands) {
    if (bands) {
      chart.band(
          Methods.style(outcome.strategy()),
          Point.of(xs, ys.stream().map(Quartiles::lower).toList()),
          Point.of(xs, ys.stream().map(Quartiles::upper).toList()));
    }
    chart.line(
        "%s, rate %s, %d/%d healthy"
            .formatted(
                outcome.strategy(),
                EfficacyWording.rate(outcome.learningRate()),
                outcome.summary().healthy(),
                outcome.summary().runs()),
        Methods.style(outcome.strategy()),
        Point.of(xs, ys.stream().map(Quartiles::median).toList()));
  }
}
