package dev.idem.figures.sweep;

import dev.idem.api.check.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * The metric as a colour: viridis (van der Walt and Smith), ordered in lightness and told apart by
 * the colour-blind. The best is the darkest; the palest end is left out, which white paper hides.
 *
 * @param scale of the metric
 */
record Colours(Scale scale) {

  /** Of a configuration whose median is infinite. */
  static final Color DIVERGED = new Color(0xA8A8A8);

  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 12);

  private static final int[] VIRIDIS = {
    0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C
  };
  private static final double HATCH = 6;

  /** The colour of a finite or infinite value. */
  Color of(double value) {
    return Double.isFinite(value) ? at(scale.at(value)) : DIVERGED;
  }

  private static Color at(double place) {
    double position = place * (VIRIDIS.length - 1);
    int below = Math.min((int) position, VIRIDIS.length - 2);
    double weight = position - below;
    Color low = new Color(VIRIDIS[below]);
    Color high = new Color(VIRIDIS[below + 1]);
    return new Color(
        mixed(low.getRed(), high.getRed(), weight),
        mixed(low.getGreen(), high.getGreen(), weight),
        mixed(low.getBlue(), high.getBlue(), weight));
  }

  private static int mixed(int low, int high, double weight) {
    return (int) Math.round((1 - weight) * low + weight * high);
  }

  /** Black or white, whichever can be read on a colour. */
  static Color textOn(Color colour) {
    double light = 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
    return light > 130 ? Color.BLACK : Color.WHITE;
  }

  /** Fills a rectangle with grey and white stripes. */
  static void hatch(Graphics2D graphics, Rectangle2D area) {
    graphics.setPaint(new Color(0xEEEEEE));
    graphics.fill(area);
    Shape clip = graphics.getClip();
    graphics.clip(area);
    graphics.setPaint(DIVERGED);
    graphics.setStroke(new BasicStroke(1f));
    for (double x = area.getX() - area.getHeight(); x < area.getMaxX(); x += HATCH) {
      graphics.draw(new Line2D.Double(x, area.getMaxY(), x + area.getHeight(), area.getY()));
    }
    graphics.setClip(clip);
  }

  /** Draws the scale as an upright bar, with ticks to its right. */
  void bar(Graphics2D graphics, Rectangle2D area) {
    int steps = (int) Math.round(area.getHeight());
    for (int i = 0; i < steps; i++) {
      graphics.setPaint(at((i + 0.5) / steps));
      // Whole pixels that overlap: anti-aliased edges would show as lines.
      int y = (int) Math.round(area.getMaxY()) - i - 1;
      graphics.fill(new Rectangle((int) area.getX(), y, (int) area.getWidth(), 1));
    }
    graphics.setPaint(Color.DARK_GRAY);
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.draw(area);
    graphics.setFont(TICKS);
    FontMetrics metrics = graphics.getFontMetrics();
    for (double tick : scale.ticks()) {
      double y = area.getMaxY() - scale.at(tick) * area.getHeight();
      if (!scale.open() || y > area.getY() + metrics.getHeight()) {
        tick(graphics, Numbers.rounded(tick, 3), area.getMaxX(), y);
      }
    }
    if (scale.open()) {
      tick(graphics, "≥ " + Numbers.rounded(scale.high(), 3), area.getMaxX(), area.getY());
    }
  }

  private static void tick(Graphics2D graphics, String text, double x, double y) {
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.draw(new Line2D.Double(x, y, x + 4, y));
    graphics.drawString(
        text, (float) x + 7, (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
  }

  /** Draws text about x, its base at y, shortened to a width. */
  static void centred(Graphics2D graphics, String text, double x, double y, double width) {
    String shown = fitting(graphics.getFontMetrics(), text, width);
    graphics.drawString(
        shown, (float) (x - graphics.getFontMetrics().stringWidth(shown) / 2.0), (float) y);
  }

  /** The text, or as much of it as fits. */
  static String fitting(FontMetrics metrics, String text, double width) {
    String shown = text;
    for (int most = text.length() - 1; most > 2 && metrics.stringWidth(shown) > width; most--) {
      shown = Labels.shortened(text, most);
    }
    return shown;
  }
}
