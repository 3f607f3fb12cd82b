package dev.idem.figures.efficacy;

import dev.idem.api.check.Numbers;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.TimedQuartiles;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.efficacy.EfficacyFigure.Cell;
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
  private static final Axis STEP = Axis.linear("step");
  private static final Axis SECOND = Axis.linear("training time, s");

  /** Letters of a method's name that fit into a legend of a panel. */
  private static final int FITTING = 32;

  private EfficacyCharts() {}

  /** Two drawings: the paper's two methods in full, then every method at its best rate. */
  static List<Drawing> drawings(EfficacyTask task, List<Cell> cells) {
    return List.of(ofPaper(task, cells), ofAll(task, cells));
  }

  private static Drawing ofPaper(EfficacyTask task, List<Cell> cells) {
    List<Chart> charts = new ArrayList<>();
    for (Cell cell : cells) {
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
        "%s: canonical loss against substituted gradient. Error is E‖f(f(x)) − f(x)‖²/n on %s held-out samples, variance E‖f(x) − E f(x)‖²/n; from 1 on, f(f(x)) says nothing about f(x). Lines: medians over %s seeds; bands: quartiles; a diverged run counts as infinite, so a line that stops is one whose median run diverged. The legend counts the healthy runs; wall time is training time on this machine, runs side by side."
            .formatted(task.name(), cells.get(0).result().design().evaluationSize(), seeds(cells));
    return new Drawing(task.name(), caption, new ChartGrid(4, PANEL_WIDTH, PANEL_HEIGHT, charts));
  }

  private static Drawing ofAll(EfficacyTask task, List<Cell> cells) {
    List<Chart> charts =
        cells.stream()
            .map(
                cell ->
                    new Panel(
                            cell.start() + ", best rate",
                            STEP,
                            EfficacyCharts::bySteps,
                            cell.best().outcomes(),
                            false)
                        .chart("error / variance", CurveQuartiles::errorOverVariance))
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

  private static String seeds(List<Cell> cells) {
    Set<String> seeds = new LinkedHashSet<>();
    cells.forEach(cell -> seeds.add(Integer.toString(cell.result().design().seeds().size())));
    return String.join(" or ", seeds);
  }

  /** Error and error over variance, against steps and against training time. */
  private static void addRow(
      List<Chart> charts, String rates, ComparisonResult result, List<StrategyOutcome> outcomes) {
    Panel byStep = new Panel(rates, STEP, EfficacyCharts::bySteps, outcomes, true);
    Panel bySecond =
        new Panel(rates, SECOND, of -> bySeconds(result.againstSeconds(of)), outcomes, true);
    for (Panel panel : List.of(byStep, bySecond)) {
      charts.add(panel.chart("error", CurveQuartiles::error));
      charts.add(panel.chart("error / variance", CurveQuartiles::errorOverVariance));
    }
  }

  /** A method's quartiles at places on the horizontal axis. */
  private record Curve(List<Double> xs, List<CurveQuartiles> at) {}

  private static Curve bySteps(StrategyOutcome outcome) {
    return new Curve(
        outcome.curve().stream().map(at -> (double) at.step()).toList(), outcome.curve());
  }

  private static Curve bySeconds(List<TimedQuartiles> timed) {
    return new Curve(
        timed.stream().map(TimedQuartiles::seconds).toList(),
        timed.stream().map(TimedQuartiles::quartiles).toList());
  }

  /** A chart but for what it shows: a curve for each outcome. */
  private record Panel(
      String rates,
      Axis x,
      Function<StrategyOutcome, Curve> curve,
      List<StrategyOutcome> outcomes,
      boolean bands) {

    Chart chart(String what, Function<CurveQuartiles, Quartiles> read) {
      List<String> methods = outcomes.stream().map(StrategyOutcome::strategy).toList();
      Chart.Builder chart = Chart.of(rates, x, Axis.log(what));
      for (StrategyOutcome outcome : outcomes) {
        Curve of = curve.apply(outcome);
        Style style = Methods.style(outcome.strategy(), methods);
        List<Quartiles> ys = of.at().stream().map(read).toList();
        if (bands) {
          chart.band(
              style,
              Point.of(of.xs(), ys.stream().map(Quartiles::lower).toList()),
              Point.of(of.xs(), ys.stream().map(Quartiles::upper).toList()));
        }
        chart.line(
            "%s, rate %s, %s/%s healthy"
                .formatted(
                    outcome.strategy(),
                    Numbers.rounded(outcome.learningRate(), 2),
                    outcome.summary().healthy(),
                    outcome.summary().runs()),
            style,
            Point.of(of.xs(), ys.stream().map(Quartiles::median).toList()));
      }
      return chart.build();
    }
  }
}
