package dev.idem.figures.chart;

import dev.idem.figures.chart.Chart.Mark;
import dev.idem.figures.chart.Chart.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYAnnotation;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** One {@link Chart} as JFreeChart draws it. */
final class DrawnChart {

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color GRID = new Color(0xDDDDDD);
  private static final double HEAD = 0.35;

  private final Chart chart;
  private final XYPlot plot = new XYPlot();
  private final XYLineAndShapeRenderer annotated = new XYLineAndShapeRenderer();
  private final List<Legend.Entry> entries = new ArrayList<>();
  private int datasets = 1;

  private DrawnChart(Chart chart) {
    this.chart = chart;
    plot.setDomainAxis(chart.x().drawn(xs()));
    plot.setRangeAxis(chart.y().drawn(ys()));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(0.7f));
    plot.setRangeGridlineStroke(new BasicStroke(0.7f));
    plot.setOutlinePaint(Color.GRAY);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setDataset(0, new XYSeriesCollection());
    plot.setRenderer(0, annotated);
    chart.marks().forEach(this::add);
    if (ys().isEmpty()) {
      sayThatNothingIsShown();
    }
  }

  /** The chart without its legend. */
  static DrawnChart of(Chart chart) {
    return new DrawnChart(chart);
  }

  /** Its legend, without entries where it shows none. */
  Legend legend() {
    return new Legend(chart.legend() ? entries : List.of());
  }

  /** The height that the axis below the plot asks for, drawn at about this size. */
  double axisHeight(Graphics2D graphics, Rectangle2D area) {
    return plot.getDomainAxis()
        .reserveSpace(graphics, plot, area, RectangleEdge.BOTTOM, new AxisSpace())
        .getBottom();
  }

  /** Draws it, with so much height for the axis below the plot. */
  void draw(Graphics2D graphics, String title, Rectangle2D area, double axisHeight) {
    AxisSpace space = new AxisSpace();
    space.setBottom(axisHeight);
    plot.setFixedDomainAxisSpace(space);
    JFreeChart drawn = new JFreeChart(title, TITLE, plot, false);
    drawn.setBackgroundPaint(Color.WHITE);
    drawn.setPadding(new RectangleInsets(8, 2, 4, 8));
    drawn.draw(graphics, area);
  }

  private void sayThatNothingIsShown() {
    double x = plot.getDomainAxis().getRange().getCentralValue();
    Range range = plot.getRangeAxis().getRange();
    double y =
        chart.y().logarithmic()
            ? Math.sqrt(range.getLowerBound() * range.getUpperBound())
            : range.getCentralValue();
    XYTextAnnotation text = new XYTextAnnotation("nothing finite to show", x, y);
    text.setFont(TEXT);
    plot.addAnnotation(text);
  }

  private List<Double> xs() {
    return coordinates().stream().map(Point::x).filter(chart.x()::shows).toList();
  }

  private List<Double> ys() {
    return coordinates().stream().map(Point::y).filter(chart.y()::shows).toList();
  }

  /** The points that the axes have to hold. */
  private List<Point> coordinates() {
    List<Point> all = new ArrayList<>();
    for (Mark mark : chart.marks()) {
      if (mark instanceof Mark.Line line) {
        all.addAll(line.points());
      } else if (mark instanceof Mark.Points points) {
        all.addAll(points.points());
      } else if (mark instanceof Mark.Coloured coloured) {
        all.addAll(coloured.points());
      } else if (mark instanceof Mark.Band band) {
        all.addAll(band.low());
        all.addAll(band.high());
      } else if (mark instanceof Mark.Image image) {
        all.add(image.lowerLeft());
        all.add(image.upperRight());
      }
    }
    return all;
  }

  private void add(Mark mark) {
    if (mark instanceof Mark.Line line) {
      series(line.name(), line.style(), line.points(), true, false);
    } else if (mark instanceof Mark.Points points) {
      series(points.name(), points.style(), points.points(), false, points.filled());
    } else if (mark instanceof Mark.Coloured coloured) {
      coloured(coloured);
    } else if (mark instanceof Mark.Band band) {
      bandRuns(band).forEach(polygon -> below(polygon(polygon, band.style().shade())));
    } else if (mark instanceof Mark.Arrows arrows) {
      arrows.arrows().forEach(arrow -> arrow(arrow, arrows.style()));
    } else if (mark instanceof Mark.Image image) {
      below(
          new XYDataImageAnnotation(
              image.picture(),
              image.lowerLeft().x(),
              image.lowerLeft().y(),
              image.upperRight().x() - image.lowerLeft().x(),
              image.upperRight().y() - image.lowerLeft().y()));
    } else if (mark instanceof Mark.Interval interval) {
      IntervalMarker marker =
          new IntervalMarker(interval.low(), interval.high(), interval.style().shade());
      marker.setAlpha(1f);
      plot.addDomainMarker(marker, Layer.BACKGROUND);
    } else if (mark instanceof Mark.Vertical vertical) {
      Style style = vertical.style();
      plot.addDomainMarker(
          new ValueMarker(vertical.x(), style.colour(), style.stroke()), Layer.FOREGROUND);
    } else if (mark instanceof Mark.Label label) {
      XYTextAnnotation text = new XYTextAnnotation(label.text(), label.at().x(), label.at().y());
      text.setFont(TEXT);
      text.setTextAnchor(TextAnchor.BOTTOM_LEFT);
      plot.addAnnotation(text);
    }
  }

  private XYSeries series(List<Point> points) {
    XYSeries series = new XYSeries(datasets, false, true);
    for (Point point : points) {
      boolean shown = chart.x().shows(point.x()) && chart.y().shows(point.y());
      if (Double.isFinite(point.x())) {
        series.add(point.x(), shown ? Double.valueOf(point.y()) : null);
      }
    }
    return series;
  }

  private void coloured(Mark.Coloured mark) {
    XYLineAndShapeRenderer renderer = new ColouredPoints(mark.colours());
    double radius = mark.diameter() / 2;
    renderer.setSeriesShape(0, new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
    plot.setDataset(datasets, new XYSeriesCollection(series(mark.points())));
    plot.setRenderer(datasets, renderer);
    datasets++;
  }

  private void series(String name, Style style, List<Point> points, boolean line, boolean filled) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(line, !line);
    renderer.setSeriesPaint(0, style.colour());
    renderer.setSeriesStroke(0, style.stroke());
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesShape(0, style.marker());
    renderer.setUseFillPaint(true);
    renderer.setSeriesFillPaint(0, filled ? style.colour() : Color.WHITE);
    renderer.setDrawOutlines(true);
    plot.setDataset(datasets, new XYSeriesCollection(series(points)));
    plot.setRenderer(datasets, renderer);
    datasets++;
    if (!name.isBlank()) {
      entries.add(new Legend.Entry(name, style, line, filled));
    }
  }

  /** The band's closed outlines: one for each run of points whose lower end can be shown. */
  private List<List<Point>> bandRuns(Mark.Band band) {
    Range range = plot.getRangeAxis().getRange();
    List<List<Point>> runs = new ArrayList<>();
    List<Point> lower = new ArrayList<>();
    List<Point> upper = new ArrayList<>();
    for (int i = 0; i <= band.low().size(); i++) {
      boolean shown = i < band.low().size() && Double.isFinite(band.low().get(i).y());
      if (shown) {
        Point low = band.low().get(i);
        lower.add(new Point(low.x(), clamped(low.y(), range)));
        upper.add(0, new Point(low.x(), clamped(band.high().get(i).y(), range)));
      } else if (!lower.isEmpty()) {
        List<Point> outline = new ArrayList<>(lower);
        outline.addAll(upper);
        runs.add(outline);
        lower.clear();
        upper.clear();
      }
    }
    return runs;
  }

  private static double clamped(double value, Range range) {
    return Double.isNaN(value) ? range.getUpperBound() : range.constrain(value);
  }

  private static XYPolygonAnnotation polygon(List<Point> outline, Color fill) {
    double[] coordinates = new double[2 * outline.size()];
    for (int i = 0; i < outline.size(); i++) {
      coordinates[2 * i] = outline.get(i).x();
      coordinates[2 * i + 1] = outline.get(i).y();
    }
    return new XYPolygonAnnotation(coordinates, null, null, fill);
  }

  private void arrow(Mark.Arrow arrow, Style style) {
    double x = arrow.from().x() + arrow.dx();
    double y = arrow.from().y() + arrow.dy();
    segment(arrow.from().x(), arrow.from().y(), x, y, style);
    for (int side = -1; side <= 1; side += 2) {
      double backX = HEAD * (-arrow.dx() + side * 0.6 * arrow.dy());
      double backY = HEAD * (-arrow.dy() - side * 0.6 * arrow.dx());
      segment(x, y, x + backX, y + backY, style);
    }
  }

  private void segment(double x1, double y1, double x2, double y2, Style style) {
    below(new XYLineAnnotation(x1, y1, x2, y2, new BasicStroke(0.9f), style.colour()));
  }

  /** Points with a colour each. */
  private static final class ColouredPoints extends XYLineAndShapeRenderer {

    @Serial private static final long serialVersionUID = 1;

    // JFreeChart's own way of a colour for each item is to override this.
    private final transient List<Color> colours;

    ColouredPoints(List<Color> colours) {
      super(false, true);
      this.colours = colours;
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return colours.get(column);
    }
  }

  private void below(XYAnnotation annotation) {
    annotated.addAnnotation(annotation, Layer.BACKGROUND);
  }
}
