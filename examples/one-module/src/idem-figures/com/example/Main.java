package com.example;

import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import java.util.List;

/** idem-figures alone: a chart as PNG. */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    Chart chart =
        Chart.of("drift", Axis.linear("k"), Axis.linear("distance"))
            .line("x / 2", Style.FIRST, List.of(new Point(1, 1), new Point(2, 0.5)))
            .build();
    System.out.println(ChartGrid.single(320, 240, chart).png().length + " bytes of PNG");
  }
}
