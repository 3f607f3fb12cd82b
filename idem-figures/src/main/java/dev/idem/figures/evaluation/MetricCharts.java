package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.Entry;
import dev.idem.eval.evaluation.Entry.Section;
import dev.idem.figures.Drawing;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Point;
import dev.idem.figures.chart.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metrics as small charts over k, each with its intervals and its floor. */
public final class MetricCharts {

  private static final int COLUMNS = 3;
  private static final int WIDTH = 340;
  private static final int HEIGHT = 250;
  private static final double APART = 0.14;
  private static final double MARGIN = 0.5;

  private MetricCharts() {}

  /** The section's metrics; empty if there are none. */
  public static Optional<Drawing> of(Section section, List<Entry> entries) {
    Map<String, List<Entry>> byMetric = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.section() == section) {
        byMetric.computeIfAbsent(entry.metric(), name -> new ArrayList<>()).add(entry);
      }
    }
    if (byMetric.isEmpty()) {
      return Optional.empty();
    }
    List<Chart> charts = new ArrayList<>();
    byMetric.forEach((metric, of) -> charts.add(chart(metric, of)));
    return Optional.of(
        section == Section.DISTRIBUTION
            ? new Drawing(
                "metrics",
                "Metrics of f^k beside held-out samples, with 95 % intervals; k = 0 is the input"
                    + " itself. Open marks are means over halves, which compare with the floor.",
                grid(charts))
            : new Drawing(
                "restoration",
                "Restoration of degraded samples at f^k, with 95 % intervals; k = 0 is the"
                    + " degraded samples.",
                grid(charts)));
  }

  private static ChartGrid grid(List<Chart> charts) {
    return new ChartGrid(COLUMNS, WIDTH, HEIGHT, charts);
  }

  private static Chart chart(String metric, List<Entry> entries) {
    Map<String, List<Entry>> byInput = new LinkedHashMap<>();
    int most = 0;
    for (Entry entry : entries) {
      byInput.computeIfAbsent(entry.input(), name -> new ArrayList<>()).add(entry);
      most = Math.max(most, entry.applications());
    }
    String goal = entries.get(0).goal();
    Chart.Builder chart =
        Chart.of(
            metric,
            Axis.linear("k of f^k").from(-MARGIN, most + MARGIN),
            Axis.linear(goal.equals("as real") ? "best at the floor" : goal + " is better"));
    int series = 0;
    for (Map.Entry<String, List<Entry>> input : byInput.entrySet()) {
      double shift = APART * (series - (byInput.size() - 1) / 2.0);
      series(chart, input.getKey(), input.getValue(), Style.of(series), shift);
      series++;
    }
    Double floor = entries.get(0).floor();
    if (floor != null) {
      chart.line(
          "floor",
          Style.REFERENCE,
          List.of(new Point(-MARGIN, floor), new Point(most + MARGIN, floor)));
    }
    return chart.build();
  }

  private static void series(
      Chart.Builder chart, String name, List<Entry> entries, Style style, double shift) {
    List<Point> values = new ArrayList<>();
    List<Point> halves = new ArrayList<>();
    for (Entry entry : entries) {
      double x = entry.applications() + shift;
      Double value = entry.value();
      if (value != null) {
        values.add(new Point(x, value));
      }
      Double low = entry.low();
      Double high = entry.high();
      if (low != null && high != null) {
        chart.line("", style, List.of(new Point(x, low), new Point(x, high)));
      }
      Double half = entry.valueAtFloorSize();
      if (half != null) {
        halves.add(new Point(x + APART, half));
      }
    }
    chart.points(name, style, values);
    if (!halves.isEmpty()) {
      chart.openPoints("half the samples", style, halves);
    }
  }
}
