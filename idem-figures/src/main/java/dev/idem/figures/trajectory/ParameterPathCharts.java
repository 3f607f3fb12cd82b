package dev.idem.figures.trajectory;

import dev.idem.api.strategy.Strategies;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.trajectory.ParameterPaths.Path;
import dev.idem.figures.trajectory.ParameterPaths.Place;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures 3 and 4 of the poster: the paths in the plane of the loss, gradient norms, cosines. */
final class ParameterPathCharts {

  private static final int GRID = 25;
  private static final int PIXELS = 400;

  /** Bands of the loss in each decade. */
  private static final double BANDS = 4;

  private static final double MARGIN = 0.12;

  private final ParameterPaths paths;
  private final FigureContext context;

  ParameterPathCharts(ParameterPaths paths, FigureContext context) {
    this.paths = paths;
    this.context = context;
  }

  private static String label(String method) {
    return method.equals(Strategies.CANONICAL) ? "ordinary" : "modified";
  }

  Drawing drawing() throws InterruptedException {
    return new Drawing(
        "parameters",
        "%s, %s epochs of gradient descent at rate %s on one sample, seed %s, gradient scale %s. (a): both paths from one start (open circle) in the plane of the first two principal components of all visited parameters; shades: the loss there, a quarter of a decade each, darker where lower. (b): gradient norms on the path of each method. (c): absolute cosine of the two gradients on each path, and between the gradients of the separate runs."
            .formatted(
                paths.network().description(),
                ParameterPaths.epochs(context.preset()),
                ParameterPaths.RATE,
                paths.seed(),
                paths.scale().label()),
        new ChartGrid(3, 340, 340, List.of(plane(), norms(), cosines())));
  }

  private Chart plane() throws InterruptedException {
    List<Place> all = paths.paths().stream().flatMap(path -> path.places().stream()).toList();
    Box x = Box.around(all.stream().mapToDouble(Place::x).toArray());
    Box y = Box.around(all.stream().mapToDouble(Place::y).toArray());
    List<Double> shares = paths.plane().explainedShares();
    Chart.Builder chart =
        Chart.of(
                "loss and paths",
                Axis.linear(component(1, shares.get(0))).from(x.low(), x.high()),
                Axis.linear(component(2, shares.get(1))).from(y.low(), y.high()))
            .image(new Point(x.low(), y.low()), new Point(x.high(), y.high()), shades(x, y));
    for (Path path : paths.paths()) {
      Style style = Methods.style(path.method());
      List<Point> points =
          path.places().stream().map(place -> new Point(place.x(), place.y())).toList();
      chart
          .line(label(path.method()), style, points)
          .openPoints("", style, points.subList(0, 1))
          .points("", style, points.subList(points.size() - 1, points.size()));
    }
    return chart.build();
  }

  private static String component(int number, double share) {
    return String.format(Locale.ROOT, "component %d (%.1f %% of variance)", number, 100 * share);
  }

  private static String loss(Place place) {
    return String.format(Locale.ROOT, "%.1e", place.loss());
  }

  /** An interval with a margin. */
  private record Box(double low, double high) {
    static Box around(double[] values) {
      double low = Arrays.stream(values).min().orElseThrow();
      double high = Arrays.stream(values).max().orElseThrow();
      double margin = MARGIN * Math.max(high - low, 1e-9);
      return new Box(low - margin, high + margin);
    }

    double at(double share) {
      return low + share * (high - low);
    }
  }

  private BufferedImage shades(Box x, Box y) throws InterruptedException {
    double[][] grid = new double[GRID * GRID][2];
    for (int i = 0; i < grid.length; i++) {
      int row = i / GRID;
      int column = i % GRID;
      grid[i][0] = x.at((double) column / (GRID - 1));
      grid[i][1] = y.at((double) row / (GRID - 1));
    }
    double[] logs =
        paths.losses(grid, context.threads()).stream().mapToDouble(Math::log10).toArray();
    double least = Arrays.stream(logs).min().orElseThrow();
    double most = Arrays.stream(logs).max().orElseThrow();
    BufferedImage image = new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < PIXELS; row++) {
      for (int column = 0; column < PIXELS; column++) {
        double at =
            between(
                logs,
                (double) column / (PIXELS - 1) * (GRID - 1),
                (double) (PIXELS - 1 - row) / (PIXELS - 1) * (GRID - 1));
        double band = Math.floor(at * BANDS) / BANDS;
        double light = (band - least + 1 / BANDS) / (most - least + 1 / BANDS);
        int shade = (int) Math.round(150 + 100 * Math.min(1, Math.max(0, light)));
        image.setRGB(column, row, new Color(shade, shade, Math.min(255, shade + 5)).getRGB());
      }
    }
    return image;
  }

  /** Bilinear between the values of the grid. */
  private static double between(double[] grid, double x, double y) {
    int i = Math.min(GRID - 2, (int) x);
    int j = Math.min(GRID - 2, (int) y);
    double u = x - i;
    double v = y - j;
    return (1 - v) * ((1 - u) * grid[j * GRID + i] + u * grid[j * GRID + i + 1])
        + v * ((1 - u) * grid[(j + 1) * GRID + i] + u * grid[(j + 1) * GRID + i + 1]);
  }

  private Chart norms() {
    Chart.Builder chart = Chart.of("gradient norm", Axis.linear("epoch"), Axis.log("norm"));
    for (Path path : paths.paths()) {
      boolean ordinary = path.method().equals(Strategies.CANONICAL);
      chart.line(
          label(path.method()),
          Methods.style(path.method()),
          points(path, ordinary ? Place::ordinary : Place::modified));
    }
    return chart.build();
  }

  private Chart cosines() {
    Chart.Builder chart =
        Chart.of(
            "cosine of the gradients", Axis.linear("epoch"), Axis.linear("|cosine|").from(0, 1));
    for (Path path : paths.paths()) {
      chart.line(label(path.method()), Methods.style(path.method()), points(path, Place::cosine));
    }
    List<Point> between = new ArrayList<>();
    for (int i = 0; i < paths.apart().size(); i++) {
      between.add(new Point(paths.paths().get(0).places().get(i).epoch(), paths.apart().get(i)));
    }
    return chart.line("between runs", Style.SEVENTH, between).build();
  }

  private static List<Point> points(Path path, ToDoubleFunction<Place> value) {
    return path.places().stream()
        .map(place -> new Point(place.epoch(), value.applyAsDouble(place)))
        .toList();
  }

  private record Row(String method, Place place) {}

  Table table() {
    List<Row> rows = new ArrayList<>();
    paths
        .paths()
        .forEach(path -> path.places().forEach(place -> rows.add(new Row(path.method(), place))));
    return Table.filed(
        "parameters",
        "Every place on the paths of all parameters: coordinates along the principal components,"
            + " loss, norms of both gradients and their absolute cosine.",
        rows,
        List.of(
            new Column<>("method", Row::method),
            new Column<>("epoch", row -> row.place().epoch()),
            new Column<>("component 1", row -> row.place().x()),
            new Column<>("component 2", row -> row.place().y()),
            new Column<>("loss", row -> row.place().loss()),
            new Column<>("ordinary gradient norm", row -> row.place().ordinary()),
            new Column<>("modified gradient norm", row -> row.place().modified()),
            new Column<>("absolute cosine", row -> row.place().cosine())));
  }

  List<String> sentences() {
    Place start = paths.paths().get(0).places().get(0);
    List<String> parts = new ArrayList<>();
    for (Path path : paths.paths()) {
      parts.add(
          "%s from %s to %s"
              .formatted(
                  label(path.method()),
                  loss(path.places().get(0)),
                  loss(path.places().get(path.places().size() - 1))));
    }
    double equal = start.ratio();
    double published = start.ratio();
    double scales = paths.network().shape().size() / 2.0;
    switch (paths.scale()) {
      case AS_PUBLISHED -> equal /= scales;
      case EQUAL -> published *= scales;
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "At the start the modified gradient is %.1f times as long as the ordinary one (27 on the poster); at equal scale, divided by n/2, %.2f times. Their absolute cosine there is %.2f (about 0.5 on the poster).",
            published,
            equal,
            start.cosine()),
        String.format(
            Locale.ROOT,
            "At gradient scale %s the first two principal components carry %.1f %% and %.1f %% of the variance of the visited parameters (93.55 %% and 4.26 %% on the poster); the loss falls: %s.",
            paths.scale().label(),
            100 * paths.plane().explainedShares().get(0),
            100 * paths.plane().explainedShares().get(1),
            String.join("; ", parts)));
  }
}
