package dev.idem.figures.generative;

import dev.idem.figures.Drawing;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Point;
import dev.idem.figures.chart.Style;
import dev.idem.generative.objective.IgnObjective;
import dev.idem.generative.objective.ReconstructionObjective;
import dev.idem.generative.recipe.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Training curves: errors and diversity of each method, loss terms of the main two. */
final class GenerativeCharts {

  private static final int STRETCHES = 60;
  private static final Axis STEPS = Axis.linear("training step");

  private final Map<Method, GeneratorRun<Snapshots>> runs;

  GenerativeCharts(Map<Method, GeneratorRun<Snapshots>> runs) {
    this.runs = runs;
  }

  Drawing drawing(int watched) {
    List<Chart> charts = new ArrayList<>();
    charts.add(reconstruction());
    charts.add(relativeError());
    charts.add(rankShare());
    for (Method method : List.of(Method.RECONSTRUCTION_SUBSTITUTED, Method.IGN)) {
      GeneratorRun<Snapshots> run = runs.get(method);
      if (run != null) {
        charts.add(terms(run));
      }
    }
    return new Drawing(
        "training",
        "Training, one seed. (a), (b), (c) on the same %s held-out images and samples of noise; (d), (e) each term on the batches it was trained on, averaged over stretches of steps."
            .formatted(watched),
        new ChartGrid(3, 400, 340, charts));
  }

  private Chart reconstruction() {
    Chart.Builder chart =
        Chart.of("reconstruction", STEPS, Axis.log("mean squared error, f(x) to x"));
    runs.forEach(
        (method, run) ->
            chart.line(
                run.name(),
                MethodLook.style(method),
                run.curve().evaluations().stream()
                    .map(at -> new Point(at.step(), at.reconstruction()))
                    .toList()));
    return chart.build();
  }

  private Chart relativeError() {
    Chart.Builder chart =
        Chart.of("idempotency", STEPS, Axis.log("E |f(f(z)) - f(z)|² / E |f(z)|²"));
    runs.forEach(
        (method, run) ->
            chart.line(
                run.name(),
                MethodLook.style(method),
                run.curve().evaluations().stream()
                    .filter(at -> at.relativeError() > 0)
                    .map(at -> new Point(at.step(), at.relativeError()))
                    .toList()));
    double last = lastStep();
    return chart
        .line(
            "0.02",
            Style.REFERENCE,
            List.of(
                new Point(0, Measurement.RELATIVE_ERROR),
                new Point(last, Measurement.RELATIVE_ERROR)))
        .build();
  }

  private Chart rankShare() {
    Chart.Builder chart =
        Chart.of("diversity", STEPS, Axis.linear("effective rank of f(z) / of real images"));
    runs.forEach(
        (method, run) ->
            chart.line(
                run.name(),
                MethodLook.style(method),
                run.shares().stream()
                    .map(share -> new Point(share.step(), share.share()))
                    .toList()));
    return chart
        .line("alarm", Style.REFERENCE, List.of(new Point(0, 0.5), new Point(lastStep(), 0.5)))
        .build();
  }

  private double lastStep() {
    return runs.values().stream()
        .mapToDouble(run -> run.training().recipe().plan().steps())
        .max()
        .orElse(1);
  }

  /** Of a substituted gradient there is no loss, only a length. */
  private static String shown(String term) {
    return term.equals(ReconstructionObjective.IDEMPOTENCY)
        ? "idempotency (norm of the gradient)"
        : term;
  }

  private static Chart terms(GeneratorRun<Snapshots> run) {
    Chart.Builder chart = Chart.of("terms of " + run.name(), STEPS, Axis.log("value of the term"));
    int index = 0;
    for (Map.Entry<String, List<Point>> term : run.curve().terms().entrySet()) {
      boolean negative = term.getKey().equals(IgnObjective.TIGHTNESS);
      List<Point> averaged = Curve.averaged(term.getValue(), STRETCHES);
      chart.line(
          negative ? "-" + term.getKey() : shown(term.getKey()),
          Style.of(index),
          averaged.stream()
              .map(point -> new Point(point.x(), negative ? -point.y() : point.y()))
              .filter(point -> point.y() > 0)
              .toList());
      index++;
    }
    return chart.build();
  }
}
