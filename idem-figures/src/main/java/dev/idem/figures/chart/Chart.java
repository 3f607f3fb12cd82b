package dev.idem.figures.chart;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The contents of a chart, independent of how it is drawn.
 *
 * @param title above the chart
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param legend whether named marks are listed below the chart
 * @param marks from the lowest to the uppermost
 */
public record Chart(String title, Axis x, Axis y, boolean legend, List<Mark> marks) {

  public Chart {
    marks = List.copyOf(marks);
  }

  /** A chart to add marks to. */
  public static Builder of(String title, Axis x, Axis y) {
    return new Builder(title, x, y);
  }

  /** Collects the marks of a chart. */
  public static final class Builder {
    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Mark> marks = new ArrayList<>();
    private boolean legend = true;

    private Builder(String title, Axis x, Axis y) {
      this.title = title;
      this.x = x;
      this.y = y;
    }

    /** Leaves the legend out. */
    public Builder withoutLegend() {
      legend = false;
      return this;
    }

    /** Adds any mark. */
    public Builder add(Mark mark) {
      marks.add(mark);
      return this;
    }

    /** Adds a {@link Mark.Line}. */
    public Builder line(String name, Style style, List<Point> points) {
      return add(new Mark.Line(name, style, points));
    }

    /** Adds a {@link Mark.Band}. */
    public Builder band(Style style, List<Point> low, List<Point> high) {
      return add(new Mark.Band(style, low, high));
    }

    /** Adds filled {@link Mark.Points}. */
    public Builder points(String name, Style style, List<Point> points) {
      return add(new Mark.Points(name, style, true, points));
    }

    /** Adds open {@link Mark.Points}. */
    public Builder openPoints(String name, Style style, List<Point> points) {
      return add(new Mark.Points(name, style, false, points));
    }

    /** Adds {@link Mark.Arrows}. */
    public Builder arrows(Style style, List<Mark.Arrow> arrows) {
      return add(new Mark.Arrows(style, arrows));
    }

    /** Adds a {@link Mark.Image}. */
    public Builder image(Point lowerLeft, Point upperRight, BufferedImage picture) {
      return add(new Mark.Image(lowerLeft, upperRight, picture));
    }

    /** Adds a {@link Mark.Interval}. */
    public Builder interval(Style style, double low, double high) {
      return add(new Mark.Interval(style, low, high));
    }

    /** Adds a {@link Mark.Vertical}. */
    public Builder vertical(Style style, double x) {
      return add(new Mark.Vertical(style, x));
    }

    /** Adds a {@link Mark.Label}. */
    public Builder label(Point at, String text) {
      return add(new Mark.Label(at, text));
    }

    /** The chart. */
    public Chart build() {
      return new Chart(title, x, y, legend, marks);
    }
  }
}
