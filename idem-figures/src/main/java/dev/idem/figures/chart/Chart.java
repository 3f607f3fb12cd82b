package dev.idem.figures.chart;

import dev.idem.api.check.Require;
import java.awt.Color;
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
  }

  /** Something drawn in a chart; later marks lie over earlier ones. */
  public sealed interface Mark {

    /** A line through points, in their order. A blank name keeps it out of the legend. */
    record Line(String name, Style style, List<Point> points) implements Mark {
      public Line {
        points = List.copyOf(points);
      }
    }

    /** A shaded band from {@code low} to {@code high}, of equal x coordinates. */
    record Band(Style style, List<Point> low, List<Point> high) implements Mark {
      public Band {
        low = List.copyOf(low);
        high = List.copyOf(high);
        Require.argument(
            low.size() == high.size(),
            "a band of %s lower and %s upper points",
            low.size(),
            high.size());
      }
    }

    /** Markers, filled or open. A blank name keeps them out of the legend. */
    record Points(String name, Style style, boolean filled, List<Point> points) implements Mark {
      public Points {
        points = List.copyOf(points);
      }
    }

    /** Discs, each in its own colour, of a diameter in points; the legend does not list them. */
    record Coloured(double diameter, List<Point> points, List<Color> colours) implements Mark {
      public Coloured {
        points = List.copyOf(points);
        colours = List.copyOf(colours);
        Require.argument(
            points.size() == colours.size(),
            "%s points and %s colours",
            points.size(),
            colours.size());
      }
    }

    /** A field of arrows, each from its point. */
    record Arrows(Style style, List<Arrow> arrows) implements Mark {
      public Arrows {
        arrows = List.copyOf(arrows);
      }
    }

    /** An arrow from {@code from} by ({@code dx}, {@code dy}). */
    record Arrow(Point from, double dx, double dy) {}

    /** An image that fills the rectangle between two corners. */
    record Image(Point lowerLeft, Point upperRight, BufferedImage picture) implements Mark {}

    /** A shaded interval of x over the whole height. */
    record Interval(Style style, double low, double high) implements Mark {}

    /** A straight line across the chart at x. */
    record Vertical(Style style, double x) implements Mark {}

    /** Text at a point; its lower left corner lies there. */
    record Label(Point at, String text) implements Mark {}
  }

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

    /** Adds {@link Mark.Coloured}. */
    public Builder coloured(double diameter, List<Point> points, List<Color> colours) {
      return add(new Mark.Coloured(diameter, points, colours));
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
