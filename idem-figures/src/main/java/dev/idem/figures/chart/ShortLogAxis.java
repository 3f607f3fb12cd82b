package dev.idem.figures.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis of less than a decade. It may hold no power of ten at all, so that its ticks
 * are equally far apart in value, as on a linear axis.
 */
final class ShortLogAxis extends LogAxis {

  @Serial private static final long serialVersionUID = 1;

  private final double step;
  private final NumberFormat format;

  ShortLogAxis(String label, double step, NumberFormat format) {
    super(label);
    this.step = step;
    this.format = format;
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<NumberTick> ticks = new ArrayList<>();
    for (double k = Math.ceil(getLowerBound() / step); k * step <= getUpperBound(); k++) {
      ticks.add(new NumberTick(k * step, format.format(k * step), anchor, TextAnchor.CENTER, 0));
    }
    return ticks;
  }
}
