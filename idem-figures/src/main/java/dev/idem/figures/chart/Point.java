package dev.idem.figures.chart;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.List;

/** A place in a chart, in the units of its axes. Where a number is not finite there is a gap. */
public record Point(double x, double y) {

  /** Points from equally long lists of coordinates. */
  public static List<Point> of(List<? extends Number> xs, List<? extends Number> ys) {
    Require.argument(
        xs.size() == ys.size(), "%s x coordinates and %s y coordinates", xs.size(), ys.size());
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      points.add(new Point(xs.get(i).doubleValue(), ys.get(i).doubleValue()));
    }
    return List.copyOf(points);
  }

  boolean isFinite() {
    return Double.isFinite(x) && Double.isFinite(y);
  }
}
