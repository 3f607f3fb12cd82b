package dev.idem.figures.scalarmap;

import dev.idem.api.polynomial.Complex;
import dev.idem.api.polynomial.Dynamics;
import dev.idem.api.polynomial.Dynamics.Attraction;
import dev.idem.api.polynomial.Dynamics.Attraction.Attractor;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Point;
import dev.idem.figures.chart.Style;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;

/** The basins of 0 and 1 in a rectangle of the complex plane, as an image. */
final class ComplexBasins {

  static final int MOST_ITERATIONS = 60;
  private static final double TOLERANCE = 1e-9;
  private static final Point LOWER_LEFT = new Point(-0.6, -1);
  private static final Point UPPER_RIGHT = new Point(1.6, 1);

  private final BufferedImage picture;
  private final double attractedShare;
  private final double undecidedShare;

  ComplexBasins(Dynamics dynamics, int width) {
    double unit = (UPPER_RIGHT.x() - LOWER_LEFT.x()) / width;
    int height = (int) Math.round((UPPER_RIGHT.y() - LOWER_LEFT.y()) / unit);
    picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    long attracted = 0;
    long undecided = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        Complex start =
            new Complex(
                LOWER_LEFT.x() + (column + 0.5) * unit, UPPER_RIGHT.y() - (row + 0.5) * unit);
        Attraction found = dynamics.attractor(start, MOST_ITERATIONS, TOLERANCE);
        boolean reached = found.attractor() == Attractor.ZERO || found.attractor() == Attractor.ONE;
        attracted += reached ? 1 : 0;
        undecided += found.attractor() == Attractor.UNDECIDED ? 1 : 0;
        picture.setRGB(column, row, colour(found).getRGB());
      }
    }
    long starts = (long) width * height;
    attractedShare = (double) attracted / starts;
    undecidedShare = (double) undecided / starts;
  }

  private static Color colour(Attraction found) {
    Color base =
        switch (found.attractor()) {
          case ZERO -> Style.FIRST.colour();
          case ONE -> Style.FIFTH.colour();
          case INFINITY -> Color.WHITE;
          case UNDECIDED -> Color.GRAY;
        };
    boolean leaves = found.attractor() == Attractor.INFINITY;
    double shade = leaves ? 1 : Math.max(0.25, 1 - found.iterations() / 16.0);
    double tint = leaves ? 1 : 0.35 + 0.65 * shade;
    return new Color(
        (int) (base.getRed() * tint),
        (int) (base.getGreen() * tint),
        (int) (base.getBlue() * tint));
  }

  /** Of the starts that reach 0 or 1. */
  double attractedShare() {
    return attractedShare;
  }

  /** Of the starts that neither reach 0 or 1 nor leave within the iterations allowed. */
  double undecidedShare() {
    return undecidedShare;
  }

  Chart chart(String title) {
    return Chart.of(
            title,
            Axis.linear("Re k").from(LOWER_LEFT.x(), UPPER_RIGHT.x()),
            Axis.linear("Im k").from(LOWER_LEFT.y(), UPPER_RIGHT.y()))
        .image(LOWER_LEFT, UPPER_RIGHT, picture)
        .line("", Style.REFERENCE, List.of(new Point(0.5, -1), new Point(0.5, 1)))
        .openPoints("", Style.SECOND, List.of(new Point(0, 0), new Point(1, 0)))
        .withoutLegend()
        .build();
  }
}
