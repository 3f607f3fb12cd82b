package dev.idem.figures.chart;

import dev.idem.api.check.Require;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * An axis.
 *
 * @param label what is shown, with its unit
 * @param logarithmic to base 10; values of zero or below are then gaps
 * @param range from where to where; empty to fit the data
 */
public record Axis(String label, boolean logarithmic, Optional<Range> range) {

  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  private static final double MARGIN = 0.04;
  private static final int MOST_DECADE_TICKS = 7;

  /** Longer labels would touch one another at the usual distance of ticks. */
  private static final int SHORT_LABEL = 4;

  private static final double LOG_MARGIN = 1.02;

  /**
   * An interval of an axis.
   *
   * @param low below {@code high}
   */
  public record Range(double low, double high) {
    public Range {
      Require.argument(
          low < high && Double.isFinite(high - low), "axis range %s to %s is empty", low, high);
    }
  }

  public Axis {
    range.ifPresent(
        r ->
            Require.argument(
                !logarithmic || r.low() > 0, "logarithmic axis from %s must be positive", r.low()));
  }

  /** A linear axis that fits the data. */
  public static Axis linear(String label) {
    return new Axis(label, false, Optional.empty());
  }

  /** A logarithmic axis that fits the data, in whole decades. */
  public static Axis log(String label) {
    return new Axis(label, true, Optional.empty());
  }

  /** This axis, from {@code low} to {@code high}. */
  public Axis from(double low, double high) {
    return new Axis(label, logarithmic, Optional.of(new Range(low, high)));
  }

  boolean shows(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** As JFreeChart draws it, fitted to {@code shown} unless it has a range of its own. */
  ValueAxis drawn(List<Double> shown) {
    double low = shown.stream().mapToDouble(v -> v).min().orElse(logarithmic ? 0.1 : 0);
    double high = shown.stream().mapToDouble(v -> v).max().orElse(1);
    if (range.isPresent()) {
      low = range.get().low();
      high = range.get().high();
    }
    ValueAxis made =
        logarithmic
            ? range.isPresent() && high < 10 * low ? withinADecade(low, high) : decades(low, high)
            : linear(low, high, range.isEmpty());
    made.setLabelFont(LABEL);
    made.setTickLabelFont(TICKS);
    return made;
  }

  private ValueAxis linear(double low, double high, boolean margin) {
    NumberAxis made = new NumberAxis(label);
    double width = high > low ? high - low : Math.max(Math.abs(low), 1);
    double extra = margin ? MARGIN * width : 0;
    made.setAutoRangeIncludesZero(false);
    made.setRange(low - extra, (high > low ? high : low + width) + extra);
    double step = niceStep(width);
    boolean longLabels = plain().format(step).length() > SHORT_LABEL;
    made.setTickUnit(new NumberTickUnit(longLabels ? niceStep(2 * width) : step, plain()));
    return made;
  }

  private static NumberFormat plain() {
    return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  /** 1, 2 or 5 times a power of ten, such that there are four to seven ticks. */
  private static double niceStep(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width / 5)));
    double steps = width / 5 / power;
    return power * (steps < 1.5 ? 1 : steps < 3 ? 2 : steps < 7 ? 5 : 10);
  }

  /** Kept to its range: whole decades would be mostly empty. */
  private ValueAxis withinADecade(double low, double high) {
    LogAxis made = new ShortLogAxis(label, niceStep(high - low), plain());
    made.setSmallestValue(Double.MIN_NORMAL);
    made.setRange(low, high);
    return made;
  }

  private ValueAxis decades(double low, double high) {
    LogAxis made = new DecadesAxis(label);
    int first = (int) Math.floor(Math.log10(low));
    int last = Math.max(first + 1, (int) Math.ceil(Math.log10(high)));
    made.setSmallestValue(Double.MIN_NORMAL);
    // A little beyond the decades, or rounding hides the tick at the lower end.
    made.setRange(Math.pow(10, first) / LOG_MARGIN, Math.pow(10, last) * LOG_MARGIN);
    made.setBaseSymbol("10");
    NumberFormat exponent = NumberFormat.getIntegerInstance(Locale.ROOT);
    made.setBaseFormatter(exponent);
    int step = Math.max(1, (int) Math.ceil((double) (last - first) / MOST_DECADE_TICKS));
    made.setTickUnit(new NumberTickUnit(step, exponent, 1));
    made.setMinorTickMarksVisible(true);
    made.setMinorTickMarkOutsideLength(1);
    made.setMinorTickMarkInsideLength(2);
    return made;
  }

  /** A tick without a label. */
  private static NumberTick minor(double value, RectangleEdge edge) {
    return new NumberTick(TickType.MINOR, value, "", anchor(edge), TextAnchor.CENTER, 0);
  }

  private static TextAnchor anchor(RectangleEdge edge) {
    return RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
  }

  /**
   * A logarithmic axis with minor ticks at 2 to 9 times each power of ten; where not every power is
   * labelled, at the others.
   */
  private static final class DecadesAxis extends LogAxis {

    @Serial private static final long serialVersionUID = 1;

    DecadesAxis(String label) {
      super(label);
    }

    @Override
    public List<ValueTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      List<ValueTick> ticks = new ArrayList<>();
      for (Object tick : super.refreshTicks(graphics, state, area, edge)) {
        ticks.add((ValueTick) tick);
      }
      int most = getTickUnit().getSize() > 1 ? 1 : 9;
      int last = (int) Math.floor(Math.log10(getUpperBound()));
      for (int decade = (int) Math.floor(Math.log10(getLowerBound())); decade <= last; decade++) {
        double power = Math.pow(10, decade);
        for (int k = Math.min(2, most); k <= most; k++) {
          if (getRange().contains(k * power)) {
            ticks.add(minor(k * power, edge));
          }
        }
      }
      return ticks;
    }
  }

  /**
   * A logarithmic axis of less than a decade. It may hold no power of ten at all, so that its ticks
   * are equally far apart in value, as on a linear axis.
   */
  private static final class ShortLogAxis extends LogAxis {

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
      List<NumberTick> ticks = new ArrayList<>();
      // From 2^53 on, k + 1 is k.
      for (double k = Math.ceil(getLowerBound() / step);
          k * step <= getUpperBound() && k + 1 > k;
          k++) {
        ticks.add(
            new NumberTick(k * step, format.format(k * step), anchor(edge), TextAnchor.CENTER, 0));
      }
      return ticks;
    }
  }
}
