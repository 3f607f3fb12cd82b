package dev.idem.eval.chart;

import java.awt.Graphics2D;

/** Something drawn on a white page of a fixed extent; {@link ChartWriter} makes files of it. */
public interface Picture {

  /** The width, in points. */
  int width();

  /** The height, in points. */
  int height();

  /**
   * Draws it, from (0, 0) to (width, height), on a page that is white already. The same picture
   * draws the same each time.
   */
  void draw(Graphics2D graphics);
}
