package dev.idem.figures.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A legend: entries side by side, centred, in as many rows as they need.
 *
 * @param entries none for a legend that takes no room
 */
record Legend(List<Entry> entries) {

  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final double ROW = 17;
  private static final double FOOT = 7;
  private static final double LINE = 32;
  private static final double MARKER = 12;
  private static final double BESIDE_TEXT = 5;
  private static final double BETWEEN = 12;

  /**
   * An entry.
   *
   * @param name of the series
   * @param style that it is drawn in
   * @param line whether it is a line, rather than markers
   * @param filled whether its markers are
   */
  record Entry(String name, Style style, boolean line, boolean filled) {

    private double symbolWidth() {
      return line ? LINE : MARKER;
    }

    private double width(FontMetrics metrics) {
      return symbolWidth() + BESIDE_TEXT + metrics.stringWidth(name);
    }

    /** Draws it, the middle of its left edge at (x, y). */
    private void draw(Graphics2D graphics, double x, double y) {
      graphics.setPaint(style.colour());
      if (line) {
        graphics.setStroke(style.stroke());
        graphics.draw(new Line2D.Double(x, y, x + LINE, y));
      } else {
        Shape marker =
            AffineTransform.getTranslateInstance(x + MARKER / 2, y)
                .createTransformedShape(style.marker());
        graphics.setPaint(filled ? style.colour() : Color.WHITE);
        graphics.fill(marker);
        graphics.setPaint(style.colour());
        graphics.setStroke(new BasicStroke(1f));
        graphics.draw(marker);
      }
      FontMetrics metrics = graphics.getFontMetrics();
      double base = y + (metrics.getAscent() - metrics.getDescent()) / 2.0;
      graphics.setPaint(Color.BLACK);
      graphics.drawString(name, (float) (x + symbolWidth() + BESIDE_TEXT), (float) base);
    }

    private Entry unnamed() {
      return new Entry("", style, line, filled);
    }
  }

  Legend {
    entries = List.copyOf(entries);
  }

  /** Of the entries of several charts, each once. */
  static Legend shared(Collection<Legend> legends) {
    return new Legend(
        legends.stream().flatMap(legend -> legend.entries().stream()).distinct().toList());
  }

  /** Whether each name has one look, and each look one name, so that charts can share it. */
  boolean unambiguous() {
    Map<String, Entry> looks = new HashMap<>();
    Map<Entry, String> names = new HashMap<>();
    return entries.stream()
        .allMatch(
            entry ->
                looks.put(entry.name(), entry.unnamed()) == null
                    && names.put(entry.unnamed(), entry.name()) == null);
  }

  /** The height at a width: that of its rows and a margin, zero without entries. */
  double height(Graphics2D graphics, double width) {
    return entries.isEmpty() ? 0 : rows(graphics, width).size() * ROW + FOOT;
  }

  /** Draws it with its upper left corner at (x, y). */
  void draw(Graphics2D graphics, double x, double y, double width) {
    graphics.setFont(TEXT);
    FontMetrics metrics = graphics.getFontMetrics();
    double middle = y + ROW / 2;
    for (List<Entry> row : rows(graphics, width)) {
      double at = x + (width - rowWidth(row, metrics)) / 2;
      for (Entry entry : row) {
        entry.draw(graphics, at, middle);
        at += entry.width(metrics) + BETWEEN;
      }
      middle += ROW;
    }
  }

  private List<List<Entry>> rows(Graphics2D graphics, double width) {
    FontMetrics metrics = graphics.getFontMetrics(TEXT);
    List<List<Entry>> rows = new ArrayList<>();
    List<Entry> row = new ArrayList<>();
    for (Entry entry : entries) {
      row.add(entry);
      if (row.size() > 1 && rowWidth(row, metrics) > width - 2 * BETWEEN) {
        row.remove(row.size() - 1);
        rows.add(row);
        row = new ArrayList<>(List.of(entry));
      }
    }
    rows.add(row);
    return rows;
  }

  private static double rowWidth(List<Entry> row, FontMetrics metrics) {
    return row.stream().mapToDouble(entry -> entry.width(metrics)).sum()
        + BETWEEN * (row.size() - 1);
  }
}
