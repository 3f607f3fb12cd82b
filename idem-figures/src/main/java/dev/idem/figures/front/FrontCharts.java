package dev.idem.figures.front;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.ParetoFront.Costs;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Task loss against idempotency error: one chart per task, one curve per method. */
final class FrontCharts {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 460;
  private static final double MARGIN = 1.04;

  /** Errors below are rounding: their marks lie in a strip at the foot of the chart. */
  private static final double ROUNDING = 1e-10;

  /** Height of that strip in the height above it, and places within it from above. */
  private static final double STRIP = 0.16;

  private static final double LABEL = 0.42;
  private static final double MARKS = 0.75;

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
            "Task loss against idempotency error, both on %d held-out samples; lower and further"
                + " left is better. Each curve starts at the task alone (open disc); along it the"
                + " weight of the idempotency terms grows through %s, beside a task loss of weight"
                + " 1. Marks: medians over %d seeds; bands: from the lowest to the highest error of"
                + " the seeds, cut at the frame. The reference point of the hypervolume is the"
                + " upper end of the dashed vertical line, at twice the loss of the task alone."
                + " Curves end where they leave the chart, or where most runs collapsed or"
                + " diverged; the table counts those. Single marks are networks trained for the"
                + " task alone; those below the line at the foot are idempotent by construction,"
                + " with errors below %s that the axis does not reach down to.",
            heldOut,
            weights.stream().map(FrontCharts::plain).toList(),
            seeds,
            ROUNDING),
        new ChartGrid(2, WIDTH, HEIGHT, tasks.stream().map(this::chart).toList()));
  }

  private static String plain(double weight) {
    return weight == Math.rint(weight) ? Long.toString((long) weight) : Double.toString(weight);
  }

  private Chart chart(TaskFronts task) {
    Curve control = Curve.of(task, FrontMethod.CONTROL);
    if (control.medians().isEmpty()) {
      return chartOf(task, 0.1, 1, 0.1, 1).build();
    }
    Point alone = control.medians().get(0);
    double most = Curve.MOST_LOSS * alone.x();
    List<Curve> curves = new ArrayList<>();
    for (FrontMethod method : methods) {
      curves.add(Curve.of(task, method.name()).from(control).upTo(most));
    }
    Map<String, Point> networks = networks(task, most);
    double left =
        Math.min(
            span(curves, Curve::medians, Point::x).getMin(),
            networks.values().stream().mapToDouble(Point::x).min().orElse(most));
    double lowest = span(curves, Curve::low, Point::y).getMin();
    // Medians alone: one seed gone astray would press all curves together.
    double ceiling = span(curves, Curve::medians, Point::y).getMax();
    double strip = Math.pow(ceiling / lowest, STRIP);
    double floor = networks.isEmpty() ? lowest : lowest / strip;
    Chart.Builder chart = chartOf(task, left / MARGIN, most, floor / MARGIN, ceiling * MARGIN);
    for (int i = 0; i < curves.size(); i++) {
      chart.band(methods.get(i).style(), curves.get(i).low(), curves.get(i).high());
    }
    double edge = TaskFronts.REFERENCE_LOSS * alone.x();
    chart.line("", Style.REFERENCE, List.of(new Point(edge, lowest), new Point(edge, alone.y())));
    if (!networks.isEmpty()) {
      // Beyond the frame, as the axis may end at whole decades.
      chart.line(
          "", Style.REFERENCE, List.of(new Point(left / 10, lowest), new Point(10 * most, lowest)));
      chart.label(new Point(left, at(LABEL, lowest, strip)), "idempotent by construction");
    }
    for (int i = 0; i < curves.size(); i++) {
      Style style = methods.get(i).style();
      chart
          .line(methods.get(i).name(), style, curves.get(i).medians())
          .points("", style, curves.get(i).marks());
    }
    networks.forEach(
        (name, point) -> {
          double y = point.y() < ROUNDING ? at(MARKS, lowest, strip) : point.y();
          chart.points(name, Methods.style(name), List.of(new Point(point.x(), y)));
        });
    return chart.openPoints(FrontMethod.CONTROL, Style.REFERENCE, control.medians()).build();
  }

  private static double at(double share, double lowest, double strip) {
    return lowest / Math.pow(strip, share);
  }

  /** The medians of the task's networks that did not fail, of task losses up to {@code most}. */
  private static Map<String, Point> networks(TaskFronts task, double most) {
    Map<String, Point> points = new LinkedHashMap<>();
    for (String name : task.task().networks().keySet()) {
      Curve.of(task, name).medians().stream()
          .filter(point -> point.x() <= most)
          .forEach(point -> points.put(name, point));
    }
    return points;
  }

  private static DoubleSummaryStatistics span(
      List<Curve> curves, Function<Curve, List<Point>> points, ToDoubleFunction<Point> coordinate) {
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

  /**
   * A method's curve through a chart of task loss and idempotency error.
   *
   * @param medians over the seeds, by ascending weight, up to the first that is infinite
   * @param marks the medians that a mark is drawn at
   * @param low the lowest idempotency error of the seeds, at each median task loss
   * @param high the highest one of runs that did not fail
   */
  private record Curve(List<Point> medians, List<Point> marks, List<Point> low, List<Point> high) {

    /** Curves are drawn up to this many times the task loss of the task alone. */
    static final double MOST_LOSS = 2.4;

    static Curve of(TaskFronts task, String method) {
      List<Point> medians = new ArrayList<>();
      List<Point> low = new ArrayList<>();
      List<Point> high = new ArrayList<>();
      for (List<FrontRun> seeds : task.byWeight(method).values()) {
        double loss = median(seeds, Costs::first);
        double error = median(seeds, Costs::second);
        if (Double.isInfinite(loss) || Double.isInfinite(error)) {
          break;
        }
        double[] errors =
            seeds.stream()
                .mapToDouble(run -> Math.pow(10, run.costs().second()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        medians.add(new Point(loss, error));
        low.add(new Point(loss, errors[0]));
        high.add(new Point(loss, errors[errors.length - 1]));
      }
      return new Curve(medians, medians, low, high);
    }

    private static double median(List<FrontRun> runs, ToDoubleFunction<Costs> cost) {
      return Math.pow(
          10,
          Quartiles.of(runs.stream().map(run -> cost.applyAsDouble(run.costs())).toList())
              .median());
    }

    /** This curve, started at the end of {@code start}, whose mark is drawn elsewhere. */
    Curve from(Curve start) {
      return new Curve(
          joined(start.medians, medians), marks, joined(start.low, low), joined(start.high, high));
    }

    private static List<Point> joined(List<Point> first, List<Point> then) {
      List<Point> joined = new ArrayList<>(first);
      joined.addAll(then);
      return joined;
    }

    /** This curve up to where its task loss first exceeds {@code most}. */
    Curve upTo(double most) {
      return new Curve(
          cut(medians, most),
          marks.stream().filter(mark -> mark.x() <= most).toList(),
          cut(low, most),
          cut(high, most));
    }

    private static List<Point> cut(List<Point> points, double most) {
      List<Point> kept = new ArrayList<>();
      for (Point next : points) {
        if (next.x() > most) {
          if (!kept.isEmpty()) {
            kept.add(crossing(kept.get(kept.size() - 1), next, most));
          }
          break;
        }
        kept.add(next);
      }
      return kept;
    }

    /** Where the line between two points, straight in logarithms, has the task loss {@code x}. */
    private static Point crossing(Point from, Point to, double x) {
      double share = Math.log(x / from.x()) / Math.log(to.x() / from.x());
      return new Point(x, from.y() * Math.pow(to.y() / from.y(), share));
    }
  }
}
