package dev.idem.figures.front;

import dev.idem.eval.comparison.ParetoFront.Costs;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.figures.chart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A method's curve through a chart of task loss and idempotency error.
 *
 * @param medians over the seeds, by ascending weight, up to the first that is infinite
 * @param marks the medians that a mark is drawn at
 * @param low the lowest idempotency error of the seeds, at each median task loss
 * @param high the highest one of runs that did not fail
 */
record FrontCurve(List<Point> medians, List<Point> marks, List<Point> low, List<Point> high) {

  /** Curves are drawn up to this many times the task loss of the task alone. */
  static final double MOST_LOSS = 2.4;

  static FrontCurve of(TaskFronts task, String method) {
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
    return new FrontCurve(medians, medians, low, high);
  }

  private static double median(List<FrontRun> runs, ToDoubleFunction<Costs> cost) {
    return Math.pow(
        10,
        Quartiles.of(runs.stream().map(run -> cost.applyAsDouble(run.costs())).toList()).median());
  }

  /** This curve, started at the end of {@code start}, whose mark is drawn elsewhere. */
  FrontCurve from(FrontCurve start) {
    return new FrontCurve(
        joined(start.medians, medians), marks, joined(start.low, low), joined(start.high, high));
  }

  private static List<Point> joined(List<Point> first, List<Point> then) {
    List<Point> joined = new ArrayList<>(first);
    joined.addAll(then);
    return joined;
  }

  /** This curve up to where its task loss first exceeds {@code most}. */
  FrontCurve upTo(double most) {
    return new FrontCurve(
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
