package dev.idem.figures.sweep;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.sweep.Ranking.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The metric against the learning rate, a curve for each value of another axis: at each rate the
 * best over the remaining axes, so that every value is seen at its own best rate. A sweep of one
 * numeric axis has one curve, against that axis.
 */
final class RateCurves {

  private static final int MOST_CHARTS = 4;
  private static final int MOST_CURVES = 8;
  private static final int WIDTH = 468;
  private static final int HEIGHT = 360;
  private static final int ALONE_WIDTH = 660;
  private static final int ALONE_HEIGHT = 400;

  /** Rates drawn at random are cut into so many groups; the best of each is a point. */
  private static final int GROUPS = 8;

  private final SweepResults results;
  private final Ranking ranking;
  private final Optional<Integer> rate;

  /**
   * A point of a curve: the best at a rate, with a value of the other axis.
   *
   * @param axis the other one; empty where there is none
   * @param value of it
   * @param best there
   */
  private record Place(String axis, String value, Configuration best) {}

  /** A curve, with its points from the lowest rate to the highest. */
  private record Curve(String value, List<Place> places) {}

  RateCurves(SweepResults results, Ranking ranking) {
    this.results = results;
    this.ranking = ranking;
    this.rate =
        IntStream.range(0, results.axes().size())
            .filter(
                i ->
                    results.axes().get(i).numeric()
                        && (results.axes().size() == 1 || isRate(results.axes().get(i).key())))
            .filter(i -> results.axes().get(i).values().size() > 1)
            .boxed()
            .findFirst();
  }

  static boolean isRate(String key) {
    return key.toLowerCase(Locale.ROOT).endsWith("learningrate");
  }

  /** The other axes: those of words first; of each kind, in the order of the sweep. */
  private List<Integer> others(int rateAxis) {
    return IntStream.range(0, results.axes().size())
        .filter(i -> i != rateAxis)
        .filter(i -> results.axes().get(i).values().size() > 1)
        .filter(
            i ->
                !results.axes().get(i).numeric()
                    || results.axes().get(i).values().size() <= MOST_CURVES)
        .boxed()
        .sorted(Comparator.comparing(i -> results.axes().get(i).numeric()))
        .limit(MOST_CHARTS)
        .toList();
  }

  /** A chart for each other axis; none without a rate. */
  List<Drawing> drawings() {
    if (rate.isEmpty() || ranking.best().isEmpty()) {
      return List.of();
    }
    int rateAxis = rate.get();
    List<Integer> others = others(rateAxis);
    String about = results.metric() + " against " + results.axes().get(rateAxis).key();
    if (others.isEmpty()) {
      Chart chart = chart(results.metric(), rateAxis, curves(rateAxis));
      return List.of(
          new Drawing("rates-1", about + ".", ChartGrid.single(ALONE_WIDTH, ALONE_HEIGHT, chart)));
    }
    List<Drawing> drawings = new ArrayList<>();
    for (int other : others) {
      SweepResults.Axis axis = results.axes().get(other);
      Chart chart = chart(results.names().get(other), rateAxis, curves(rateAxis, other));
      String left =
          axis.values().size() > MOST_CURVES
              ? " The best %s of its %s values.".formatted(MOST_CURVES, axis.values().size())
              : "";
      drawings.add(
          new Drawing(
              "rates-" + (drawings.size() + 1),
              "%s, by %s.%s".formatted(about, axis.key(), left),
              others.size() == 1
                  ? ChartGrid.single(ALONE_WIDTH, ALONE_HEIGHT, chart)
                  : ChartGrid.single(WIDTH, HEIGHT, chart)));
    }
    return drawings;
  }

  /** How to read the charts. */
  String about() {
    boolean alone = results.axes().size() == 1;
    boolean grouped = rate.isPresent() && grouped(rate.get());
    return (alone
            ? "Line: median; band: quartiles over the seeds."
            : "A setting is judged at the rate that suits it: compare the lowest points of the"
                + " curves, not the curves at one rate. Each point is the best over the remaining"
                + " axes"
                + (grouped ? " in one of " + GROUPS + " groups of rates, equally large." : ".")
                + " Lines: medians; bands: quartiles over the seeds; markers: the lowest medians.")
        + " A gap is an infinite median, a band up to the edge an infinite quartile.";
  }

  private boolean grouped(int rateAxis) {
    return results.axes().get(rateAxis).values().size() > Level.MOST_VALUES;
  }

  /** The points of all curves; empty without a rate. */
  Optional<Table> table() {
    if (rate.isEmpty() || ranking.best().isEmpty()) {
      return Optional.empty();
    }
    int rateAxis = rate.get();
    List<Place> places = new ArrayList<>();
    for (int other : others(rateAxis)) {
      curves(rateAxis, other).forEach(curve -> places.addAll(curve.places()));
    }
    if (places.isEmpty()) {
      curves(rateAxis).forEach(curve -> places.addAll(curve.places()));
    }
    return Optional.of(
        Table.filed(
            "rates",
            "The points of the curves against the learning rate.",
            places,
            List.of(
                new Column<>("axis", Place::axis),
                new Column<>("value", Place::value),
                new Column<>(
                    results.axes().get(rateAxis).key(),
                    place -> place.best().setting().get(rateAxis)),
                new Column<>("configuration", place -> place.best().number()),
                new Column<>("lower quartile", place -> place.best().quartiles().lower()),
                new Column<>("median", place -> place.best().median()),
                new Column<>("upper quartile", place -> place.best().quartiles().upper()))));
  }

  private List<Curve> curves(int rateAxis) {
    return List.of(curve("", "", rateAxis, ranking.ranked()));
  }

  private List<Curve> curves(int rateAxis, int other) {
    SweepResults.Axis axis = results.axes().get(other);
    List<Curve> curves = new ArrayList<>();
    for (Level level : Level.of(axis, MOST_CURVES)) {
      List<Configuration> members =
          ranking.ranked().stream().filter(each -> level.holds(each, other)).toList();
      curves.add(curve(axis.key(), level.label(), rateAxis, members));
    }
    List<Curve> best =
        curves.stream().sorted(Comparator.comparingDouble(RateCurves::least)).toList();
    List<Curve> shown = best.subList(0, Math.min(MOST_CURVES, best.size()));
    return curves.stream().filter(shown::contains).toList();
  }

  private static double least(Curve curve) {
    return curve.places().stream()
        .mapToDouble(place -> place.best().median())
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The best of the members, who are in the order of the ranking, at each rate. */
  private Curve curve(String axis, String value, int rateAxis, List<Configuration> members) {
    List<Place> places = new ArrayList<>();
    for (Level level : Level.of(results.axes().get(rateAxis), GROUPS)) {
      members.stream()
          .filter(each -> level.holds(each, rateAxis))
          .findFirst()
          .ifPresent(best -> places.add(new Place(axis, value, best)));
    }
    return new Curve(value, places);
  }

  private Chart chart(String title, int rateAxis, List<Curve> curves) {
    SweepResults.Axis axis = results.axes().get(rateAxis);
    Chart.Builder chart =
        Chart.of(
            title,
            axis.logarithmic() ? Axis.log(axis.key()) : Axis.linear(axis.key()),
            ranking.ratio() ? Axis.log(results.metric()) : Axis.linear(results.metric()));
    for (int i = 0; i < curves.size(); i++) {
      add(chart, Style.of(i), curves.get(i), rateAxis);
    }
    return chart.build();
  }

  private static void add(Chart.Builder chart, Style style, Curve curve, int rateAxis) {
    List<Point> low = new ArrayList<>();
    List<Point> middle = new ArrayList<>();
    List<Point> high = new ArrayList<>();
    for (Place place : curve.places()) {
      double x = Double.parseDouble(place.best().setting().get(rateAxis));
      Quartiles quartiles = place.best().quartiles();
      low.add(new Point(x, quartiles.lower()));
      middle.add(new Point(x, quartiles.median()));
      high.add(new Point(x, quartiles.upper()));
    }
    chart.band(style, low, high).line(curve.value(), style, middle);
    middle.stream()
        .filter(point -> Double.isFinite(point.y()))
        .min(Comparator.comparingDouble(Point::y))
        .ifPresent(best -> chart.points("", style, List.of(best)));
  }
}
