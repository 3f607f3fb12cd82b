package dev.idem.figures.scalarmap;

import dev.idem.api.polynomial.AnsatzSolver;
import dev.idem.api.polynomial.Dynamics;
import dev.idem.api.polynomial.Dynamics.Attraction;
import dev.idem.api.polynomial.Dynamics.Attraction.Attractor;
import dev.idem.api.polynomial.Dynamics.FixedPoint;
import dev.idem.api.polynomial.Dynamics.Interval;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import dev.idem.figures.Claim;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** k to 3k^2 - 2k^3: its fixed points, its basins, higher orders, and the complex plane. */
public final class ScalarMapFigure implements Figure {

  private static final int CURVE_POINTS = 400;
  private static final List<Double> COBWEB_STARTS = List.of(0.44, 0.56, -0.36, 1.36);
  private static final int COBWEB_STEPS = 7;

  @Override
  public String title() {
    return "The scalar map k → 3k² − 2k³";
  }

  @Override
  public String paperShows() {
    return "Figures 1 and 2: a plot of K′ = 3K² − 2K³ for scalar K, and ten applications of it to the"
        + " complex plane, with the claims that all idempotents are fixed,"
        + " that only idempotents attract, and that they attract from a wide area.";
  }

  @Override
  public String ourSetting() {
    return "The coefficients are solved for from the four conditions on g at 0 and 1, in exact"
        + " arithmetic. Cobweb paths, higher orders and the complex plane are our additions.";
  }

  @Override
  public Optional<Duration> quickTime() {
    return Optional.of(Duration.ofSeconds(5));
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.SCALAR_MAP, PaperClaims.ATTRACTION);
  }

  @Override
  public FigureResult draw(FigureContext context) {
    int pixels = context.preset().choose(120, 480, 1200);
    context.progress().begin("scalar-map", 5);
    IdempotentPolynomial cubic = solved(1);
    Chart map = map(cubic);
    context.progress().advance(1);
    Chart orders = orders();
    context.progress().advance(1);
    ComplexBasins basins = new ComplexBasins(cubic.dynamics(), pixels);
    context.progress().advance(1);
    ComplexBasins second = new ComplexBasins(solved(2).dynamics(), pixels);
    context.progress().advance(1);
    ComplexBasins ten = new ComplexBasins(cubic.dynamics(), pixels, ComplexBasins.Frame.ofPaper());
    context.progress().advance(1);
    context.progress().end();
    return new FigureResult(
        List.of(
            new Drawing(
                "scalar-map",
                "The cubic with the diagonal. Filled squares attract, the open one repels. Shaded:"
                    + " the immediate basins of 0 and 1. Dotted: cobweb paths from "
                    + COBWEB_STARTS
                    + ".",
                ChartGrid.single(620, 480, map)),
            new Drawing(
                "orders",
                "The family of order 2p + 1: flatter at 0 and 1, hence faster near an idempotent,"
                    + " with narrower basins.",
                ChartGrid.single(620, 420, orders)),
            new Drawing(
                "ten-applications",
                "Figure 2 of the paper, in its frame: starts that ten applications of 3k² − 2k³ take"
                    + " within 0.01 of 0 (blue) or of 1 (orange), that leave (white), and all others"
                    + " (grey).",
                ChartGrid.single(760, 380, ten.chart("ten applications of 3k² − 2k³"))),
            new Drawing(
                "basins",
                "Which starts in the complex plane reach 0 (blue), reach 1 (orange) or leave"
                    + " (white); darker is slower. Eigenvalues of a matrix move in this plane. The"
                    + " dashed line is Re k = 1/2.",
                new ChartGrid(
                    2,
                    460,
                    400,
                    List.of(basins.chart("3k² − 2k³"), second.chart("10k³ − 15k⁴ + 6k⁵"))))),
        List.of(fixedPoints(), curve(cubic)),
        measured(cubic, basins, second),
        List.of(
            ScalarMapClaims.fixedPoints(cubic.dynamics().fixedPoints()),
            ScalarMapClaims.attraction(
                cubic, basins, context.preset().choose(20, 200, 1_000), context.seed())));
  }

  /** The iterator of order p, from the conditions on it alone. */
  private static IdempotentPolynomial solved(int p) {
    return new AnsatzSolver(2 * p + 1).solve(AnsatzSolver.idempotency(p));
  }

  private static Chart map(IdempotentPolynomial cubic) {
    Interval zero = cubic.dynamics().basin(0);
    Interval one = cubic.dynamics().basin(1);
    double low = -0.55;
    double high = 1.55;
    Chart.Builder chart =
        Chart.of(
                "g(k) = 3k² − 2k³",
                Axis.linear("k").from(low, high),
                Axis.linear("g(k)").from(low, high))
            .interval(Style.FIRST, zero.low(), zero.high())
            .interval(Style.FIFTH, one.low(), one.high())
            .line(
                "diagonal g(k) = k",
                Style.REFERENCE,
                List.of(new Point(low, low), new Point(high, high)));
    for (double start : COBWEB_STARTS) {
      boolean first = start == COBWEB_STARTS.get(0);
      chart.line(first ? "cobweb paths" : "", Style.THIRD, cobweb(cubic, start));
    }
    chart.line("3k² − 2k³", Style.FIRST, sampled(cubic, low, high));
    chart.label(new Point(-0.32, 1.4), "basin of 0").label(new Point(0.55, 1.4), "basin of 1");
    List<Point> attracting = new ArrayList<>();
    List<Point> repelling = new ArrayList<>();
    for (FixedPoint point : cubic.dynamics().fixedPoints()) {
      Point at = new Point(point.location(), point.location());
      (Math.abs(point.multiplier()) < 1 ? attracting : repelling).add(at);
    }
    return chart
        .points("attracting fixed points 0, 1", Style.SECOND, attracting)
        .openPoints("repelling fixed point 1/2", Style.SECOND, repelling)
        .build();
  }

  private static List<Point> sampled(IdempotentPolynomial g, double low, double high) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= CURVE_POINTS; i++) {
      double k = low + (high - low) * i / CURVE_POINTS;
      points.add(new Point(k, g.evaluate(k)));
    }
    return points;
  }

  private static List<Point> cobweb(IdempotentPolynomial g, double start) {
    List<Point> path = new ArrayList<>();
    double k = start;
    path.add(new Point(k, k));
    for (int i = 0; i < COBWEB_STEPS; i++) {
      double next = g.evaluate(k);
      path.add(new Point(k, next));
      path.add(new Point(next, next));
      k = next;
    }
    return path;
  }

  private static Chart orders() {
    Chart.Builder chart =
        Chart.of(
                "The smoothstep family",
                Axis.linear("k").from(-0.4, 1.4),
                Axis.linear("g(k)").from(-0.4, 1.4))
            .line("diagonal", Style.REFERENCE, List.of(new Point(-0.4, -0.4), new Point(1.4, 1.4)));
    for (int p = 1; p <= 4; p++) {
      chart.line("p = " + p, Style.of(p - 1), sampled(solved(p), -0.4, 1.4));
    }
    return chart.build();
  }

  private static Table fixedPoints() {
    return Table.shown(
        "basins",
        "Immediate basins on the real line, the interval that stays bounded, and multipliers g′.",
        IntStream.rangeClosed(1, 4).mapToObj(ScalarMapFigure::solved).toList(),
        List.of(
            new Column<>("g", IdempotentPolynomial::toString),
            new Column<>("basin of 0", g -> shown(g.dynamics().basin(0))),
            new Column<>("basin of 1", g -> shown(g.dynamics().basin(1))),
            new Column<>("bounded", g -> shown(g.dynamics().boundedInterval())),
            new Column<>("g′(1/2)", g -> g.derivative(0.5)),
            new Column<>("g′(0)", g -> g.derivative(0)),
            new Column<>("g′(1)", g -> g.derivative(1))));
  }

  private static String shown(Interval interval) {
    return String.format(Locale.ROOT, "(%.4f, %.4f)", interval.low(), interval.high());
  }

  private static Table curve(IdempotentPolynomial cubic) {
    return Table.filed(
        "scalar-map",
        "The cubic's graph.",
        sampled(cubic, -0.55, 1.55),
        List.of(new Column<>("k", Point::x), new Column<>("g(k)", Point::y)));
  }

  private static List<String> measured(
      IdempotentPolynomial cubic, ComplexBasins first, ComplexBasins second) {
    List<String> sentences = new ArrayList<>();
    for (FixedPoint point : cubic.dynamics().fixedPoints()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "k = %s is fixed with multiplier %s: %s.",
              point.location(),
              point.multiplier(),
              point.nature().name().toLowerCase(Locale.ROOT)));
    }
    sentences.add(
        "Exact basins on the real line: %s to 0 and %s to 1; bounded inside %s."
            .formatted(
                shown(cubic.dynamics().basin(0)),
                shown(cubic.dynamics().basin(1)),
                shown(cubic.dynamics().boundedInterval())));
    sentences.add(
        String.format(
            Locale.ROOT,
            "In the square −0.6 ≤ Re k ≤ 1.6, |Im k| ≤ 1, the cubic takes %.1f %% to 0 or 1 within"
                + " %d iterations, the quintic %.1f %%.",
            100 * first.attractedShare(),
            ComplexBasins.MOST_ITERATIONS,
            100 * second.attractedShare()));
    return sentences;
  }

  /** The basins of 0 and 1 in a rectangle of the complex plane, as an image. */
  static final class ComplexBasins {

    static final int MOST_ITERATIONS = 60;

    /**
     * What is drawn.
     *
     * @param iterations allowed
     * @param tolerance within which 0 or 1 counts as reached
     */
    record Frame(Point lowerLeft, Point upperRight, int iterations, double tolerance) {

      /** Wide, and until nearly every start has arrived. */
      static Frame whole() {
        return new Frame(new Point(-0.6, -1), new Point(1.6, 1), MOST_ITERATIONS, 1e-9);
      }

      /** The frame of the paper's figure, after its ten applications. */
      static Frame ofPaper() {
        return new Frame(new Point(-0.75, -0.5), new Point(1.75, 0.5), 10, 1e-2);
      }
    }

    private final Frame frame;
    private final BufferedImage picture;
    private final double attractedShare;
    private final double undecidedShare;

    ComplexBasins(Dynamics dynamics, int width) {
      this(dynamics, width, Frame.whole());
    }

    ComplexBasins(Dynamics dynamics, int width, Frame frame) {
      this.frame = frame;
      Point corner = frame.lowerLeft();
      double unit = (frame.upperRight().x() - corner.x()) / width;
      int height = (int) Math.round((frame.upperRight().y() - corner.y()) / unit);
      picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      long attracted = 0;
      long undecided = 0;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          Complex start =
              new Complex(
                  corner.x() + (column + 0.5) * unit, frame.upperRight().y() - (row + 0.5) * unit);
          Attraction found = dynamics.attractor(start, frame.iterations(), frame.tolerance());
          boolean reached =
              found.attractor() == Attractor.ZERO || found.attractor() == Attractor.ONE;
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
              Axis.linear("Re k").from(frame.lowerLeft().x(), frame.upperRight().x()),
              Axis.linear("Im k").from(frame.lowerLeft().y(), frame.upperRight().y()))
          .image(frame.lowerLeft(), frame.upperRight(), picture)
          .line(
              "",
              Style.REFERENCE,
              List.of(
                  new Point(0.5, frame.lowerLeft().y()), new Point(0.5, frame.upperRight().y())))
          .openPoints("", Style.SECOND, List.of(new Point(0, 0), new Point(1, 0)))
          .withoutLegend()
          .build();
    }
  }
}
