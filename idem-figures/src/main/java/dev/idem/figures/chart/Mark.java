package dev.idem.figures.chart;

import dev.idem.api.check.Require;
import java.awt.image.BufferedImage;
import java.util.List;

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
