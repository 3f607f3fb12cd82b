package dev.idem.figures.chart;

import java.awt.Font;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;

/** Axes as JFreeChart draws them. */
final class Axes {

  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  private static final double MARGIN = 0.04;
  private static final int MOST_DECADE_TICKS = 7;
  private static final double LOG_MARGIN = 1.02;

  private Axes() {}

  /** The axis, fitted to {@code shown} unless it has a range of its own. */
  static ValueAxis of(Axis axis, List<Double> shown) {
    double low = shown.stream().mapToDouble(v -> v).min().orElse(axis.logarithmic() ? 0.1 : 0);
    double high = shown.stream().mapToDouble(v -> v).max().orElse(1);
    if (axis.range().isPresent()) {
      low = axis.range().get().low();
      high = axis.range().get().high();
    }
    ValueAxis made =
        axis.logarithmic()
            ? axis.range().isPresent() && high < 10 * low
                ? withinADecade(axis, low, high)
                : logarithmic(axis, low, high)
            : linear(axis, low, high, axis.range().isEmpty());
    made.setLabelFont(LABEL);
    made.setTickLabelFont(TICKS);
    return made;
  }

  private static ValueAxis linear(Axis axis, double low, double high, boolean margin) {
    NumberAxis made = new NumberAxis(axis.label());
    double width = high > low ? high - low : Math.max(Math.abs(low), 1);
    double extra = margin ? MARGIN * width : 0;
    made.setAutoRangeIncludesZero(false);
    made.setRange(low - extra, (high > low ? high : low + width) + extra);
    made.setTickUnit(new NumberTickUnit(niceStep(width), plain()));
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
  private static ValueAxis withinADecade(Axis axis, double low, double high) {
    LogAxis made = new ShortLogAxis(axis.label(), niceStep(high - low), plain());
    made.setSmallestValue(Double.MIN_NORMAL);
    made.setRange(low, high);
    return made;
  }

  private static ValueAxis logarithmic(Axis axis, double low, double high) {
    LogAxis made = new LogAxis(axis.label());
    int first = (int) Math.floor(Math.log10(low));
    int last = Math.max(first + 1, (int) Math.ceil(Math.log10(high)));
    made.setSmallestValue(Double.MIN_NORMAL);
    // A little beyond the decades, or rounding hides the tick at the lower end.
    made.setRange(Math.pow(10, first) / LOG_MARGIN, Math.pow(10, last) * LOG_MARGIN);
    made.setBaseSymbol("10");
    NumberFormat exponent = NumberFormat.getIntegerInstance(Locale.ROOT);
    made.setBaseFormatter(exponent);
    int decades = Math.max(1, (int) Math.ceil((double) (last - first) / MOST_DECADE_TICKS));
    made.setTickUnit(new NumberTickUnit(decades, exponent, 1));
    made.setMinorTickMarksVisible(false);
    return made;
  }
}
