package dev.idem.figures.sweep;

import dev.idem.api.check.Numbers;
import dev.idem.figures.chart.Style;
import dev.idem.figures.sweep.Ranking.Configuration;
import dev.idem.generative.image.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/**
 * A cell for each pair of levels of two axes, in the colour of the best median there, which is
 * written into it where there is room. Hatched where no median is finite, white where nothing was
 * ranked, framed where the best of all lies.
 */
final class HeatMap implements Picture {

  private static final int WIDTH = 468;
  private static final int LEFT = 76;
  private static final int RIGHT = 78;
  private static final int TOP = 40;
  private static final int BOTTOM = 52;
  private static final double BAR = 14;
  private static final double BETWEEN = 14;
  private static final double HIGHEST_CELL = 44;
  private static final double LEAST_CELL = 15;
  private static final double MOST_HEIGHT = 380;

  private final String title;
  private final String xName;
  private final String yName;
  private final List<Level> columns;
  private final List<Level> rows;
  private final Cells cells;
  private final Colours colours;

  /** What a cell holds: empty where nothing was ranked. */
  interface Cells {
    Optional<Configuration> at(Level column, Level row);
  }

  HeatMap(
      String title,
      String xName,
      String yName,
      List<Level> columns,
      List<Level> rows,
      Cells cells,
      Colours colours) {
    this.title = title;
    this.xName = xName;
    this.yName = yName;
    this.columns = columns;
    this.rows = rows;
    this.cells = cells;
    this.colours = colours;
  }

  private double cellHeight() {
    return Math.max(LEAST_CELL, Math.min(HIGHEST_CELL, MOST_HEIGHT / rows.size()));
  }

  private double cellWidth() {
    return (double) (WIDTH - LEFT - RIGHT) / columns.size();
  }

  /** The grid is at least as high as a colour bar needs. */
  private double gridHeight() {
    return Math.max(132, cellHeight() * rows.size());
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return (int) Math.ceil(TOP + BOTTOM + gridHeight());
  }

  @Override
  public void draw(Graphics2D graphics) {
    double height = gridHeight() / rows.size();
    graphics.setPaint(Color.BLACK);
    graphics.setFont(Colours.TITLE);
    Colours.centred(graphics, title, LEFT + (WIDTH - LEFT - RIGHT) / 2.0, 20, WIDTH - 40.0);
    Optional<Rectangle2D> best = Optional.empty();
    double least = Double.POSITIVE_INFINITY;
    for (int row = 0; row < rows.size(); row++) {
      double y = TOP + gridHeight() - (row + 1) * height;
      for (int column = 0; column < columns.size(); column++) {
        Rectangle2D area =
            new Rectangle2D.Double(LEFT + column * cellWidth(), y, cellWidth(), height);
        Optional<Configuration> cell = cells.at(columns.get(column), rows.get(row));
        cell.ifPresent(found -> cell(graphics, area, found.median()));
        if (cell.isPresent() && cell.get().median() < least) {
          least = cell.get().median();
          best = Optional.of(area);
        }
      }
    }
    graphics.setPaint(Color.DARK_GRAY);
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.draw(new Rectangle2D.Double(LEFT, TOP, WIDTH - LEFT - RIGHT, gridHeight()));
    if (best.isPresent()) {
      graphics.setPaint(Style.FIFTH.colour());
      graphics.setStroke(new BasicStroke(3f));
      graphics.draw(best.get());
    }
    labels(graphics, height);
    colours.bar(graphics, new Rectangle2D.Double(WIDTH - RIGHT + BETWEEN, TOP, BAR, gridHeight()));
  }

  private void cell(Graphics2D graphics, Rectangle2D area, double median) {
    boolean finite = Double.isFinite(median);
    if (finite) {
      graphics.setPaint(colours.of(median));
      graphics.fill(area);
    } else {
      Colours.hatch(graphics, area);
    }
    graphics.setPaint(Color.WHITE);
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.draw(area);
    graphics.setFont(Colours.TICKS);
    FontMetrics metrics = graphics.getFontMetrics();
    String text = Numbers.rounded(median, 2);
    boolean room =
        metrics.stringWidth(text) + 1 < area.getWidth() && metrics.getHeight() < area.getHeight();
    if (room && finite) {
      graphics.setPaint(Colours.textOn(colours.of(median)));
      graphics.drawString(
          text,
          (float) (area.getCenterX() - metrics.stringWidth(text) / 2.0),
          (float) (area.getCenterY() + (metrics.getAscent() - metrics.getDescent()) / 2.0));
    }
  }

  private void labels(Graphics2D graphics, double height) {
    graphics.setPaint(Color.BLACK);
    graphics.setFont(Colours.TICKS);
    FontMetrics metrics = graphics.getFontMetrics();
    double foot = TOP + gridHeight();
    int widest =
        columns.stream().mapToInt(level -> metrics.stringWidth(level.label())).max().orElse(0);
    int step = (int) Math.ceil((widest + 3) / cellWidth());
    for (int i = 0; i < columns.size(); i += step) {
      double x = LEFT + (i + 0.5) * cellWidth();
      Colours.centred(graphics, columns.get(i).label(), x, foot + 15, step * cellWidth() + 20);
    }
    for (int i = 0; i < rows.size(); i++) {
      String text = Colours.fitting(metrics, rows.get(i).label(), LEFT - 32.0);
      double y = foot - (i + 0.5) * height + (metrics.getAscent() - metrics.getDescent()) / 2.0;
      graphics.drawString(text, LEFT - 7f - metrics.stringWidth(text), (float) y);
    }
    graphics.setFont(Colours.TEXT);
    Colours.centred(
        graphics, xName, LEFT + (WIDTH - LEFT - RIGHT) / 2.0, foot + 38, WIDTH - LEFT - RIGHT);
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.rotate(-Math.PI / 2, 18, TOP + gridHeight() / 2);
    Colours.centred(turned, yName, 18, TOP + gridHeight() / 2, gridHeight() + 30);
    turned.dispose();
  }
}
