package dev.idem.figures.chart;

import dev.idem.api.check.Require;
import dev.idem.generative.image.Picture;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Charts side by side in one figure, lettered (a), (b), ... where there is more than one. Charts
 * whose legends agree share one, below all of them or below their row.
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
    List<DrawnChart> drawn = charts.stream().map(DrawnChart::of).toList();
    List<List<DrawnChart>> rows = new ArrayList<>();
    for (int from = 0; from < drawn.size(); from += columns) {
      rows.add(drawn.subList(from, Math.min(from + columns, drawn.size())));
    }
    Legend shared = shared(drawn);
    boolean oneLegend = rows.size() > 1 && shared.unambiguous();
    double foot = oneLegend ? shared.height(graphics, width()) : 0;
    for (int i = 0; i < rows.size(); i++) {
      double height = (height() - foot) / rows.size();
      Rectangle2D area = new Rectangle2D.Double(0, i * height, width(), height);
      draw(graphics, rows.get(i), i * columns, area, !oneLegend);
    }
    if (oneLegend) {
      shared.draw(graphics, 0, height() - foot, width());
    }
  }

  /** Draws a row, its plots equally high, over one legend where its charts can share it. */
  private void draw(
      Graphics2D graphics, List<DrawnChart> row, int first, Rectangle2D area, boolean legends) {
    Legend shared = shared(row);
    double foot = 0;
    if (legends && shared.unambiguous()) {
      foot = shared.height(graphics, width());
      shared.draw(graphics, 0, area.getMaxY() - foot, width());
    } else if (legends) {
      for (DrawnChart chart : row) {
        foot = Math.max(foot, chart.legend().height(graphics, panelWidth));
      }
      for (int i = 0; i < row.size(); i++) {
        double x = (double) i * panelWidth;
        row.get(i).legend().draw(graphics, x, area.getMaxY() - foot, panelWidth);
      }
    }
    double height = area.getHeight() - foot;
    Rectangle2D size = new Rectangle2D.Double(0, 0, panelWidth, height);
    double axis =
        row.stream().mapToDouble(chart -> chart.axisHeight(graphics, size)).max().orElse(0);
    for (int i = 0; i < row.size(); i++) {
      double x = (double) i * panelWidth;
      Rectangle2D panel = new Rectangle2D.Double(x, area.getY(), panelWidth, height);
      row.get(i).draw(graphics, title(first + i), panel, axis);
    }
  }

  private static Legend shared(List<DrawnChart> charts) {
    return Legend.shared(charts.stream().map(DrawnChart::legend).toList());
  }

  private String title(int index) {
    String own = charts.get(index).title();
    return charts.size() == 1
        ? own
        : String.format(Locale.ROOT, "(%c) %s", (char) ('a' + index), own);
  }
}
