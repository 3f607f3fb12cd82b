package dev.idem.figures.chart;

import dev.idem.api.check.Require;
import dev.idem.generative.image.Picture;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;

/**
 * Charts side by side in one figure, lettered (a), (b), ... where there is more than one.
 *
 * @param columns charts in a row
 * @param panelWidth of a chart, in points
 * @param panelHeight of a chart, in points
 * @param charts row by row, at least one
 */
public record ChartGrid(int columns, int panelWidth, int panelHeight, List<Chart> charts)
    implements Picture {

  public ChartGrid {
    Require.positive("columns", columns);
    Require.positive("panelWidth", panelWidth);
    Require.positive("panelHeight", panelHeight);
    charts = List.copyOf(charts);
    Require.argument(!charts.isEmpty(), "a grid needs at least one chart");
  }

  /** A chart alone. */
  public static ChartGrid single(int width, int height, Chart chart) {
    return new ChartGrid(1, width, height, List.of(chart));
  }

  @Override
  public int width() {
    return Math.min(columns, charts.size()) * panelWidth;
  }

  @Override
  public int height() {
    return (charts.size() + columns - 1) / columns * panelHeight;
  }

  @Override
  public void draw(Graphics2D graphics) {
    for (int i = 0; i < charts.size(); i++) {
      int x = i % columns * panelWidth;
      int y = i / columns * panelHeight;
      JFreeChart drawn = ChartDrawing.of(charts.get(i), title(i));
      drawn.draw(graphics, new Rectangle2D.Double(x, y, panelWidth, panelHeight));
    }
  }

  private String title(int index) {
    String own = charts.get(index).title();
    return charts.size() == 1
        ? own
        : String.format(Locale.ROOT, "(%c) %s", (char) ('a' + index), own);
  }
}
