package dev.idem.figures.efficacy;

import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.TimedQuartiles;
import dev.idem.figures.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Point;
import dev.idem.figures.chart.Style;
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

  /** A line of a legend, which the two methods of a panel's height have two of. */
  private static final int LINE = 20;

  private static final int LETTER = 7;

  /** Letters of a method's name that fit into a legend of a panel. */
  private static final int FITTING = 32;

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
    List<String> methods = cells.get(0).methods();
    String caption =
        "%s: every method at its own best rate, medians over %s seeds; quartiles are in the table."
            .formatted(task.name(), seeds(cells));
    return new Drawing(
        task.name() + "-strategies",
        caption,
        new ChartGrid(3, width(methods), PANEL_HEIGHT + LINE * (methods.size() - 2), charts));
  }

  /** Wide enough for the longest line of the legend, which a plug-in's name may be. */
  private static int width(List<String> methods) {
    int longest = methods.stream().mapToInt(String::length).max().orElse(0);
    return WIDE + LETTER * Math.max(0, longest - FITTING);
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
      Style style = style(outcome, outcomes);
      add(chart, outcome, style, steps, outcome.curve().stream().map(read).toList(), bands);
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
          style(outcome, outcomes),
          seconds,
          timed.stream().map(TimedQuartiles::quartiles).map(read).toList(),
          true);
    }
    return chart.build();
  }

  private static Style style(StrategyOutcome outcome, List<StrategyOutcome> among) {
    return Methods.style(
        outcome.strategy(), among.stream().map(StrategyOutcome::strategy).toList());
  }

  private static void add(
      Chart.Builder chart,
      StrategyOutcome outcome,
      Style style,
      List<Double> xs,
      List<Quartiles> ys,
      boolean bands) {
    if (bands) {
      chart.band(
          style,
          Point.of(xs, ys.stream().map(Quartiles::lower).toList()),
          Point.of(xs, ys.stream().map(Quartiles::upper).toList()));
    }
    chart.line(
        "%s, rate %s, %s/%s healthy"
            .formatted(
                outcome.strategy(),
                EfficacyWording.rate(outcome.learningRate()),
                outcome.summary().healthy(),
                outcome.summary().runs()),
        style,
        Point.of(xs, ys.stream().map(Quartiles::median).toList()));
  }
}
