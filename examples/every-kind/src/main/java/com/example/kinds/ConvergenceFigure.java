package com.example.kinds;

import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import java.util.ArrayList;
import java.util.List;

/** How fast 3k^2 - 2k^3 takes one number to 1. */
public final class ConvergenceFigure implements Figure {
  @Override
  public String title() {
    return "How fast the cubic converges";
  }

  @Override
  public String paperShows() {
    return "Nothing like it.";
  }

  @Override
  public String ourSetting() {
    return "Starts at k = 0.6; six steps.";
  }

  @Override
  public FigureResult draw(FigureContext context) {
    List<Point> points = new ArrayList<>();
    double k = 0.6;
    for (int step = 0; step <= 6; step++) {
      points.add(new Point(step, k));
      k = 3 * k * k - 2 * k * k * k;
    }
    Chart chart =
        Chart.of("3k² - 2k³ from 0.6", Axis.linear("step"), Axis.linear("k"))
            .line("k", Style.of(0), points)
            .build();
    return new FigureResult(
        List.of(
            new Drawing("convergence", "k after each step.", ChartGrid.single(480, 320, chart))),
        List.of(
            Table.shown(
                "convergence",
                "The same in numbers.",
                points,
                List.of(new Column<>("step", at -> (int) at.x()), new Column<>("k", Point::y)))),
        List.of("After six steps 1 - k is %.1e.".formatted(1 - points.get(6).y())));
  }
}
