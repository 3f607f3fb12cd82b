package dev.idem.cli.figure;

import dev.idem.eval.chart.Axis;
import dev.idem.eval.chart.Chart;
import dev.idem.eval.chart.ChartGrid;
import dev.idem.eval.chart.Point;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.ComparisonView;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.TimedQuartiles;
import dev.idem.eval.figure.Drawing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The panels of one efficacy task: a row for each start and choice of rates. */
final class EfficacyCharts {

  private static final int PANEL_WIDTH = 270;
  private static final int PANEL_HEIGHT = 265;

  private EfficacyCharts() {}

  static Drawing drawing(EfficacyTask task, Map<String, ComparisonResult> byStart) {
    List<Chart> charts = new ArrayList<>();
    Set<String> seeds = new LinkedHashSet<>();
    byStart.forEach(
        (start, result) -> {
          ComparisonView equal = result.equalRate(task.equalRate());
          ComparisonView best = result.bestRate();
          if (best.equals(equal)) {
            addRow(charts, start + ", equal = best", result, equal);
          } else {
            addRow(charts, start + ", equal rate", result, equal);
            addRow(charts, start + ", best rate", result, best);
          }
          seeds.add(Integer.toString(result.design().seeds().size()));
        });
    String caption =
        "%s. Error is E‖f(f(x)) − f(x)‖²/n on 256 held-out samples, power E‖f(x)‖²/n. Lines: medians over %s seeds; bands: quartiles; a diverged run counts as infinite, so a line that stops is one whose median run diverged. The legend counts the runs that end neither collapsed, inflated nor diverged; wall time is training time on this machine, runs side by side."
            .formatted(task.name(), String.join(" or ", seeds));
    return new Drawing(task.name(), caption, new ChartGrid(4, PANEL_WIDTH, PANEL_HEIGHT, charts));
  }

  private static void addRow(
      List<Chart> charts, String rates, ComparisonResult result, ComparisonView view) {
    Function<CurveQuartiles, Quartiles> error = CurveQuartiles::error;
    Function<CurveQuartiles, Quartiles> relative = CurveQuartiles::relativeError;
    charts.add(bySteps(rates, "error", error, view));
    charts.add(bySteps(rates, "error / power", relative, view));
    charts.add(bySeconds(rates, "error", error, result, view));
    charts.add(bySeconds(rates, "error / power", relative, result, view));
  }

  private static Chart bySteps(
      String rates, String what, Function<CurveQuartiles, Quartiles> read, ComparisonView view) {
    Chart.Builder chart = Chart.of(rates, Axis.linear("step"), Axis.log(what));
    for (StrategyOutcome outcome : view.outcomes()) {
      List<Double> steps = outcome.curve().stream().map(at -> (double) at.step()).toList();
      add(chart, outcome, steps, outcome.curve().stream().map(read).toList());
    }
    return chart.build();
  }

  private static Chart bySeconds(
      String rates,
      String what,
      Function<CurveQuartiles, Quartiles> read,
      ComparisonResult result,
      ComparisonView view) {
    Chart.Builder chart = Chart.of(rates, Axis.linear("training time, s"), Axis.log(what));
    for (StrategyOutcome outcome : view.outcomes()) {
      List<TimedQuartiles> timed = result.againstSeconds(outcome);
      List<Double> seconds = timed.stream().map(TimedQuartiles::seconds).toList();
      add(
          chart,
          outcome,
          seconds,
          timed.stream().map(TimedQuartiles::quartiles).map(read).toList());
    }
    return chart.build();
  }

  private static void add(
      Chart.Builder chart, StrategyOutcome outcome, List<Double> xs, List<Quartiles> ys) {
    chart.band(
        Methods.style(outcome.strategy()),
        Point.of(xs, ys.stream().map(Quartiles::lower).toList()),
        Point.of(xs, ys.stream().map(Quartiles::upper).toList()));
    chart.line(
        "%s, rate %s, %d/%d healthy"
            .formatted(
                outcome.strategy(),
                rate(outcome.learningRate()),
                outcome.summary().healthy(),
                outcome.summary().runs()),
        Methods.style(outcome.strategy()),
        Point.of(xs, ys.stream().map(Quartiles::median).toList()));
  }

  /** 10, 0.3 or 3e-4. */
  private static String rate(double rate) {
    return rate >= 0.01
        ? BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-");
  }
}
