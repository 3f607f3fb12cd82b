package dev.idem.figures.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * How a series looks. The first seven colours are Okabe and Ito's, the next three of Tol's muted
 * scheme, told apart by the colour-blind, four more are shades of indigo for what is best seen as
 * one family; each comes with a dash and a marker of its own, so that a figure reads in grey as
 * well.
 */
public enum Style {
  /** Blue, solid, disc. */
  FIRST(0x0072B2),
  /** Vermillion, dashed, square. */
  SECOND(0xD55E00),
  /** Green, dotted, triangle. */
  THIRD(0x009E73),
  /** Purple, dash-dotted, diamond. */
  FOURTH(0xCC79A7),
  /** Orange, long dashes, inverted triangle. */
  FIFTH(0xE69F00),
  /** Sky blue, dashes of dots, cross. */
  SIXTH(0x56B4E9),
  /** Black, short dashes, upright bar. */
  SEVENTH(0x000000),
  /** Wine, a dash and two dots, diagonal cross. */
  EIGHTH(0x882255),
  /** Olive, long dashes and short ones, hourglass. */
  NINTH(0x999933),
  /** Rose, wide dots, hexagon. */
  TENTH(0xCC6677),
  /** Indigo, solid, star of five points. */
  ELEVENTH(0x332288),
  /** Violet, dashed, star of four points. */
  TWELFTH(0x6B4BC8),
  /** Light violet, dotted, pentagon. */
  THIRTEENTH(0xA58BE0),
  /** Grey indigo, dash-dotted, flat bar. */
  FOURTEENTH(0x6A6A9A),
  /** Brown, long dashes, triangle to the right. */
  FIFTEENTH(0x7F4A1E),
  /** Dark grey, thin dashes, small disc: for references, not for data. */
  REFERENCE(0x555555);

  private static final List<Style> SERIES =
      List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH, NINTH, TENTH);
  private static final int SHADE_ALPHA = 48;

  private final int rgb;

  Style(int rgb) {
    this.rgb = rgb;
  }

  /** The style of the series at {@code index}, from 0, over and over. */
  public static Style of(int index) {
    return SERIES.get(Math.floorMod(index, SERIES.size()));
  }

  /** The colour. */
  public Color colour() {
    return new Color(rgb);
  }

  Color shade() {
    return new Color((rgb & 0xFFFFFF) | (SHADE_ALPHA << 24), true);
  }

  Shape marker() {
    return switch (this) {
      case FIRST -> new Ellipse2D.Double(-3, -3, 6, 6);
      case SECOND -> new Rectangle2D.Double(-3, -3, 6, 6);
      case THIRD -> new Polygon(new int[] {-4, 4, 0}, new int[] {3, 3, -4}, 3);
      case FOURTH -> new Polygon(new int[] {-4, 0, 4, 0}, new int[] {0, 4, 0, -4}, 4);
      case FIFTH -> new Polygon(new int[] {-4, 4, 0}, new int[] {-3, -3, 4}, 3);
      case SIXTH ->
          new Polygon(
              new int[] {-4, -1, -1, 1, 1, 4, 4, 1, 1, -1, -1, -4},
              new int[] {-1, -1, -4, -4, -1, -1, 1, 1, 4, 4, 1, 1},
              12);
      case SEVENTH -> new Rectangle2D.Double(-1.5, -4, 3, 8);
      case EIGHTH ->
          new Polygon(
              new int[] {-4, -3, 0, 3, 4, 1, 4, 3, 0, -3, -4, -1},
              new int[] {-3, -4, -1, -4, -3, 0, 3, 4, 1, 4, 3, 0},
              12);
      case NINTH -> new Polygon(new int[] {-4, 4, -4, 4}, new int[] {-4, -4, 4, 4}, 4);
      case TENTH -> new Polygon(new int[] {-4, -2, 2, 4, 2, -2}, new int[] {0, -4, -4, 0, 4, 4}, 6);
      case ELEVENTH -> star(5, 5.5, 2.2);
      case TWELFTH -> star(4, 5.5, 1.8);
      case THIRTEENTH -> star(5, 4.2, 4.2 * Math.cos(Math.PI / 5));
      case FOURTEENTH -> new Rectangle2D.Double(-4.5, -1.5, 9, 3);
      case FIFTEENTH -> new Polygon(new int[] {-3, -3, 4}, new int[] {-4, 4, 0}, 3);
      case REFERENCE -> new Ellipse2D.Double(-2, -2, 4, 4);
    };
  }

  /** A star with a point upwards; a polygon where the dents lie on its edges. */
  private static Shape star(int points, double outer, double inner) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 2 * points; i++) {
      double angle = Math.PI * i / points;
      double radius = i % 2 == 0 ? outer : inner;
      double x = radius * Math.sin(angle);
      double y = -radius * Math.cos(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  BasicStroke stroke() {
    return switch (this) {
      case FIRST -> new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      case SECOND -> dashed(2f, 7, 3);
      case THIRD -> dashed(2f, 2, 2);
      case FOURTH -> dashed(2f, 8, 3, 2, 3);
      case FIFTH -> dashed(2f, 12, 4);
      case SIXTH -> dashed(2f, 2, 2, 2, 2, 2, 6);
      case SEVENTH -> dashed(1.5f, 4, 2);
      case EIGHTH -> dashed(2f, 6, 2, 1, 2, 1, 2);
      case NINTH -> dashed(2f, 12, 3, 4, 3);
      case TENTH -> dashed(2f, 2, 5);
      case ELEVENTH -> new BasicStroke(1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      case TWELFTH -> dashed(1.5f, 7, 3);
      case THIRTEENTH -> dashed(1.5f, 2, 2);
      case FOURTEENTH -> dashed(1.5f, 8, 3, 2, 3);
      case FIFTEENTH -> dashed(1.5f, 12, 4);
      case REFERENCE -> dashed(1f, 4, 4);
    };
  }

  private static BasicStroke dashed(float width, float... dash) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
  }
}
