package dev.idem.figures.sweep;

import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.sweep.Ranking.Configuration;
import dev.idem.generative.image.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The metric over pairs of numeric axes: a heat map of the best over the remaining axes where the
 * design is a grid, else a point for each configuration.
 */
final class Maps {

  private static final int MOST = 6;
  private static final double DISC = 7;

  /** With fewer cells filled than this, single points show more than a grid. */
  private static final double LEAST_FILLED = 0.6;

  private final SweepResults results;
  private final Ranking ranking;
  private final Colours colours;

  Maps(SweepResults results, Ranking ranking, Colours colours) {
    this.results = results;
    this.ranking = ranking;
    this.colours = colours;
  }

  /** One for each pair, the learning rate and weights first. */
  List<Drawing> drawings() {
    List<Integer> numeric =
        IntStream.range(0, results.axes().size())
            .filter(i -> axis(i).numeric() && axis(i).values().size() > 1)
            .boxed()
            .sorted(Comparator.comparingInt(i -> importance(axis(i).key())))
            .toList();
    List<Drawing> drawings = new ArrayList<>();
    for (int i = 0; i < numeric.size(); i++) {
      for (int j = i + 1; j < numeric.size() && drawings.size() < MOST; j++) {
        drawings.add(drawing(drawings.size() + 1, numeric.get(i), numeric.get(j)));
      }
    }
    return drawings;
  }

  private SweepResults.Axis axis(int index) {
    return results.axes().get(index);
  }

  private static int importance(String key) {
    return RateCurves.isRate(key) ? 0 : key.matches("(?i).*(weight|lambda)[^.]*") ? 1 : 2;
  }

  private Drawing drawing(int number, int x, int y) {
    String name = "map-" + number;
    String about = "%s by %s and %s".formatted(results.metric(), axis(x).key(), axis(y).key());
    if (isGrid(x, y)) {
      List<Level> columns = Level.of(axis(x), Level.MOST_VALUES);
      List<Level> rows = Level.of(axis(y), Level.MOST_VALUES);
      return new Drawing(
          name,
          about + ".",
          new HeatMap(
              results.metric(),
              results.names().get(x),
              results.names().get(y),
              columns,
              rows,
              (column, row) ->
                  ranking.ranked().stream()
                      .filter(each -> column.holds(each, x) && row.holds(each, y))
                      .findFirst(),
              colours));
    }
    return new Drawing(
        name, about + ", a point for each configuration.", new ScatterMap(scatter(x, y), colours));
  }

  private boolean isGrid(int x, int y) {
    int columns = axis(x).values().size();
    int rows = axis(y).values().size();
    Set<List<String>> filled = new HashSet<>();
    ranking
        .configurations()
        .forEach(each -> filled.add(List.of(each.setting().get(x), each.setting().get(y))));
    return columns <= Level.MOST_VALUES
        && rows <= Level.MOST_VALUES
        && filled.size() >= LEAST_FILLED * columns * rows;
  }

  private Chart scatter(int x, int y) {
    List<Point> points = new ArrayList<>();
    List<Color> shades = new ArrayList<>();
    // The best last, on top.
    for (int rank = ranking.ranked().size() - 1; rank >= 0; rank--) {
      Configuration each = ranking.ranked().get(rank);
      points.add(point(each, x, y));
      shades.add(colours.of(each.median()));
    }
    Chart.Builder chart =
        Chart.of(results.metric(), drawn(x), drawn(y))
            .withoutLegend()
            .coloured(DISC, points, shades);
    ranking
        .best()
        .ifPresent(
            best -> {
              List<Point> at = List.of(point(best, x, y));
              chart
                  .coloured(DISC + 7, at, List.of(Style.FIFTH.colour()))
                  .coloured(DISC + 2, at, List.of(colours.of(best.median())));
            });
    return chart.build();
  }

  private Axis drawn(int index) {
    String name = results.names().get(index);
    return axis(index).logarithmic() ? Axis.log(name) : Axis.linear(name);
  }

  private static Point point(Configuration of, int x, int y) {
    return new Point(
        Double.parseDouble(of.setting().get(x)), Double.parseDouble(of.setting().get(y)));
  }

  /**
   * A chart of coloured points, beside the colours' bar.
   *
   * @param chart its points in these colours
   */
  private record ScatterMap(Chart chart, Colours colours) implements Picture {

    private static final int CHART = 396;
    private static final int HEIGHT = 340;
    private static final int BAR = 72;

    @Override
    public int width() {
      return CHART + BAR;
    }

    @Override
    public int height() {
      return HEIGHT;
    }

    @Override
    public void draw(Graphics2D graphics) {
      ChartGrid.single(CHART, HEIGHT, chart).draw(graphics);
      colours.bar(graphics, new Rectangle2D.Double(CHART + 8, 40, 14, HEIGHT - 100));
    }
  }
}
