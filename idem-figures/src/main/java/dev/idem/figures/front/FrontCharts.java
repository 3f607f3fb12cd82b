package dev.idem.figures.front;

import dev.idem.figures.Drawing;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Point;
import dev.idem.figures.chart.Style;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Task loss against idempotency error: one chart per task, one curve per method. */
final class FrontCharts {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 460;
  private static final double MARGIN = 1.04;

  private final List<TaskFronts> tasks;
  private final List<FrontMethod> methods;

  FrontCharts(List<TaskFronts> tasks, List<FrontMethod> methods) {
    this.tasks = tasks;
    this.methods = methods;
  }

  Drawing drawing(int seeds, int heldOut, List<Double> weights) {
    return new Drawing(
        "fronts",
        String.format(
            Locale.ROOT,
            "Task loss against idempotency error, both on %d held-out samples; lower and further left is better. Each curve starts at the task alone (open disc); along it the weight of the idempotency terms grows through %s, beside a task loss of weight 1. Marks: medians over %d seeds; bands: from the lowest to the highest error of the seeds, cut at the frame. The reference point of the hypervolume is the upper end of the dashed vertical line, at twice the loss of the task alone. Curves end where they leave the chart, or where most runs collapsed or diverged; the table counts those.",
            heldOut,
            weights.stream().map(FrontCharts::plain).toList(),
            seeds),
        new ChartGrid(2, WIDTH, HEIGHT, tasks.stream().map(this::chart).toList()));
  }

  private static String plain(double weight) {
    return weight == Math.rint(weight) ? Long.toString((long) weight) : Double.toString(weight);
  }

  private Chart chart(TaskFronts task) {
    FrontCurve control = FrontCurve.of(task, FrontMethod.CONTROL);
    if (control.medians().isEmpty()) {
      return chartOf(task, 0.1, 1, 0.1, 1).build();
    }
    Point alone = control.medians().get(0);
    double most = FrontCurve.MOST_LOSS * alone.x();
    List<FrontCurve> curves = new ArrayList<>();
    for (FrontMethod method : methods) {
      curves.add(FrontCurve.of(task, method.name()).from(control).upTo(most));
    }
    double left = span(curves, FrontCurve::medians, Point::x).getMin();
    double floor = span(curves, FrontCurve::low, Point::y).getMin();
    // Medians alone: one seed gone astray would press all curves together.
    double ceiling = span(curves, FrontCurve::medians, Point::y).getMax();
    Chart.Builder chart = chartOf(task, left / MARGIN, most, floor / MARGIN, ceiling * MARGIN);
    for (int i = 0; i < curves.size(); i++) {
      chart.band(methods.get(i).style(), curves.get(i).low(), curves.get(i).high());
    }
    double edge = TaskFronts.REFERENCE_LOSS * alone.x();
    chart.line("", Style.REFERENCE, List.of(new Point(edge, floor), new Point(edge, alone.y())));
    for (int i = 0; i < curves.size(); i++) {
      Style style = methods.get(i).style();
      chart
          .line(methods.get(i).name(), style, curves.get(i).medians())
          .points("", style, curves.get(i).marks());
    }
    return chart.openPoints(FrontMethod.CONTROL, Style.REFERENCE, control.medians()).build();
  }

  private static DoubleSummaryStatistics span(
      List<FrontCurve> curves,
      Function<FrontCurve, List<Point>> points,
      ToDoubleFunction<Point> coordinate) {
    return curves.stream()
        .flatMap(curve -> points.apply(curve).stream())
        .mapToDouble(coordinate)
        .summaryStatistics();
  }

  private static Chart.Builder chartOf(
      TaskFronts task, double left, double right, double floor, double ceiling) {
    return Chart.of(
        task.task().title(),
        Axis.log("task loss, E |f(x) − t|² / variance of t").from(left, right),
        Axis.log("idempotency error, E |f(f(x)) − f(x)|² / E |f(x)|²").from(floor, ceiling));
  }
}
