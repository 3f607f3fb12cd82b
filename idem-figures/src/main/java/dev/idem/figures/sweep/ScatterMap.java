package dev.idem.figures.sweep;

import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.generative.image.Picture;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * A chart of coloured points, beside the colours' bar.
 *
 * @param chart its points in these colours
 */
record ScatterMap(Chart chart, Colours colours) implements Picture {

  private static final int CHART = 396;
  private static final int HEIGHT = 340;
  private static final int BAR = 72;

  @Override
  public int width() {
    return CHART + BAR;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void draw(Graphics2D graphics) {
    ChartGrid.single(CHART, HEIGHT, chart).draw(graphics);
    colours.bar(graphics, new Rectangle2D.Double(CHART + 8, 40, 14, HEIGHT - 100));
  }
}
