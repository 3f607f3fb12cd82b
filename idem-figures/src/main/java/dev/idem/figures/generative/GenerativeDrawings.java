package dev.idem.figures.generative;

import dev.idem.api.algebra.Shape;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.generative.GenerativeDrawings.Snapshots;
import dev.idem.figures.generative.GeneratorRun.Curve;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.image.ImageGrid;
import dev.idem.generative.image.ImageGrid.Block;
import dev.idem.generative.image.ImageGrid.Row;
import dev.idem.generative.image.Pixels;
import dev.idem.generative.model.Generator;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Grids of images (samples, reconstructions, iterates, interpolations, projections) and the curves
 * of training.
 */
final class GenerativeDrawings {

  private static final double SCALE = 1.5;
  private static final List<String> POWERS = List.of("f", "f²", "f³");

  private static final List<String> FIGURE_6_ROWS = List.of("z", "f(z)", "f²(z)");
  private static final int STRETCHES = 60;
  private static final Axis STEPS = Axis.linear("training step");

  private final Shape shape;

  private final Map<Method, GeneratorRun<Snapshots>> runs;

  GenerativeDrawings(Shape shape, Map<Method, GeneratorRun<Snapshots>> runs) {
    this.shape = shape;
    this.runs = runs;
  }

  List<Drawing> all(int watched) {
    List<Drawing> drawings = new ArrayList<>();
    drawings.add(samples());
    drawings.add(iterates());
    drawings.add(reconstructions());
    drawings.add(interpolations());
    drawings.addAll(projections());
    drawings.add(training(watched));
    return drawings;
  }

  /** The paper's Figure 6, of runs from white noise; empty if all of them diverged. */
  List<Drawing> figureSix(List<GeneratorRun<Snapshots>> whiteNoise) {
    List<Block> blocks = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : whiteNoise) {
      run.pictures()
          .ifPresent(
              taken -> {
                List<Row> rows = new ArrayList<>();
                for (int k = 0; k < FIGURE_6_ROWS.size(); k++) {
                  float[][] samples = taken.generated().get(k);
                  rows.add(row(FIGURE_6_ROWS.get(k), Arrays.copyOf(samples, Snapshots.FIGURE_6)));
                }
                blocks.add(new Block(title(run), List.of(), rows));
              });
    }
    if (blocks.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Drawing(
            "white-noise", WhiteNoise.caption(whiteNoise), new ImageGrid("", 1, SCALE, blocks)));
  }

  private Drawing samples() {
    return drawing(
        "samples",
        "The first %d samples of each method, IGN's from white noise, the others' from the same covariance"
            + " noise; none chosen.",
        Snapshots.COLUMNS,
        1,
        blocks(
            (title, taken) ->
                Block.of(
                    title,
                    row("z", taken.generated().get(0)),
                    row("f(z)", taken.generated().get(1)),
                    row("f²(z)", taken.generated().get(2)),
                    row("f³(z)", taken.generated().get(3)))));
  }

  private Drawing iterates() {
    List<String> labels = Snapshots.APPLICATIONS.stream().map(k -> "k = " + k).toList();
    return drawing(
        "iterates",
        "f applied k times, up to 100, to the first %d samples of noise.",
        8,
        2,
        blocks(
            (title, taken) -> {
              List<Row> rows = new ArrayList<>();
              for (int sample = 0; sample < taken.iterated().get(0).length; sample++) {
                int index = sample;
                float[][] along =
                    taken.iterated().stream()
                        .map(iterate -> iterate[index])
                        .toArray(float[][]::new);
                rows.add(row("", along));
              }
              return new Block(title, labels, rows);
            }));
  }

  private Drawing reconstructions() {
    List<Row> rows = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs.values()) {
      run.pictures()
          .ifPresent(
              taken -> {
                if (rows.isEmpty()) {
                  rows.add(row("x", taken.reconstructed().get(0)));
                }
                rows.add(row("f(x), " + run.name(), taken.reconstructed().get(1)));
              });
    }
    return drawing(
        "reconstructions",
        "The first %d held-out images and what each method makes of them.",
        Snapshots.COLUMNS,
        1,
        rows.isEmpty() ? List.of() : List.of(new Block("", List.of(), rows)));
  }

  private Drawing interpolations() {
    return drawing(
        "interpolations",
        "f along interpolations between two noise samples, at 12 points"
            + " each; %d interpolations, the same for each method.",
        3,
        2,
        blocks(
            (title, taken) ->
                new Block(
                    title,
                    List.of(),
                    taken.interpolated().stream().map(way -> row("", way)).toList())));
  }

  private List<Drawing> projections() {
    return runs.values().stream()
        .flatMap(run -> run.pictures().stream())
        .flatMap(taken -> taken.projected().keySet().stream())
        .distinct()
        .map(this::projections)
        .toList();
  }

  private Drawing projections(String degradation) {
    return drawing(
        "projections-" + degradation,
        "Held-out digits degraded by "
            + degradation
            + ", and what one, two and three applications make of the first %d.",
        10,
        2,
        blocks(
            (title, taken) -> {
              List<float[][]> iterates = Objects.requireNonNull(taken.projected().get(degradation));
              List<Row> rows = new ArrayList<>(List.of(row(degradation, iterates.get(0))));
              for (int k = 1; k < iterates.size(); k++) {
                rows.add(row(POWERS.get(k - 1), iterates.get(k)));
              }
              return new Block(title, List.of(), rows);
            }));
  }

  /** A block for each run that did not diverge, by its title and what was taken of it. */
  private List<Block> blocks(BiFunction<String, Snapshots, Block> block) {
    List<Block> blocks = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs.values()) {
      run.pictures().ifPresent(taken -> blocks.add(block.apply(title(run), taken)));
    }
    return blocks;
  }

  /** The method and its verdict, so that a collapse is named beside the images. */
  private static String title(GeneratorRun<Snapshots> run) {
    return run.measurement()
        .map(
            measured ->
                String.format(
                    Locale.ROOT,
                    "%s: %s, error / variance %.2f%s",
                    run.name(),
                    measured.state(),
                    measured.errorOverVariance(),
                    measured.idempotent()
                        ? ""
                        : " (not below %s)".formatted(PaperClaims.IDEMPOTENT_GENERATOR)))
        .orElse(run.name() + ": DIVERGED");
  }

  private Row row(String label, float[][] samples) {
    List<BufferedImage> images =
        Arrays.stream(samples).map(sample -> Pixels.picture(sample, shape)).toList();
    return new Row(label, images);
  }

  private static Drawing drawing(
      String name, String caption, int count, int columns, List<Block> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalStateException("every run diverged; nothing can be drawn");
    }
    return new Drawing(
        name,
        String.format(Locale.ROOT, caption, count),
        new ImageGrid("", columns, SCALE, blocks));
  }

  /** Training curves: errors and diversity of each method, loss terms of the main two. */
  private Drawing training(int watched) {
    List<Chart> charts = new ArrayList<>();
    charts.add(reconstruction());
    charts.add(errorOverVariance());
    charts.add(rankShare());
    for (Method method : List.of(Method.RECONSTRUCTION_SUBSTITUTED, Method.IGN)) {
      charts.add(terms(Objects.requireNonNull(runs.get(method))));
    }
    return new Drawing(
        "training",
        "Training, one seed. (a), (b), (c) on the same %s held-out images and samples of noise; (d), (e) each term on the batches it was trained on, averaged over stretches of steps."
            .formatted(watched),
        new ChartGrid(3, 400, 340, charts));
  }

  private Chart reconstruction() {
    return curves(
            "reconstruction",
            Axis.log("mean squared error, f(x) to x"),
            run ->
                run.curve().evaluations().stream()
                    .map(at -> new Point(at.step(), at.reconstruction()))
                    .toList())
        .build();
  }

  private Chart errorOverVariance() {
    return curves(
            "idempotency",
            Axis.log("E |f(f(z)) - f(z)|² / variance of f(z)"),
            run ->
                run.curve().evaluations().stream()
                    .filter(at -> at.errorOverVariance() > 0)
                    .map(at -> new Point(at.step(), at.errorOverVariance()))
                    .toList())
        .line(
            Double.toString(PaperClaims.IDEMPOTENT_GENERATOR),
            Style.REFERENCE,
            level(PaperClaims.IDEMPOTENT_GENERATOR))
        .build();
  }

  private Chart rankShare() {
    return curves(
            "diversity",
            Axis.linear("effective rank of f(z) / of real images"),
            run ->
                run.shares().stream().map(share -> new Point(share.step(), share.share())).toList())
        .line("alarm", Style.REFERENCE, level(0.5))
        .build();
  }

  private Chart.Builder curves(
      String title, Axis y, Function<GeneratorRun<?>, List<Point>> points) {
    Chart.Builder chart = Chart.of(title, STEPS, y);
    runs.forEach((method, run) -> chart.line(run.name(), Methods.style(method), points.apply(run)));
    return chart;
  }

  private List<Point> level(double y) {
    return List.of(new Point(0, y), new Point(lastStep(), y));
  }

  private double lastStep() {
    return runs.values().stream()
        .mapToDouble(run -> run.training().recipe().plan().steps())
        .max()
        .orElse(1);
  }

  /** Of a substituted gradient there is no loss, only a length. */
  private static String shown(String term) {
    return term.equals(ReconstructionObjective.IDEMPOTENCY)
        ? "idempotency (norm of the gradient)"
        : term;
  }

  private static Chart terms(GeneratorRun<Snapshots> run) {
    Chart.Builder chart = Chart.of("terms of " + run.name(), STEPS, Axis.log("value of the term"));
    int index = 0;
    for (Map.Entry<String, List<Point>> term : run.curve().terms().entrySet()) {
      boolean negative = term.getKey().equals(IgnObjective.TIGHTNESS);
      List<Point> averaged = Curve.averaged(term.getValue(), STRETCHES);
      chart.line(
          negative ? "-" + term.getKey() : shown(term.getKey()),
          Style.of(index),
          averaged.stream()
              .map(point -> new Point(point.x(), negative ? -point.y() : point.y()))
              .filter(point -> point.y() > 0)
              .toList());
      index++;
    }
    return chart.build();
  }

  /**
   * Samples taken of a generator for the figure, the first of each, none chosen.
   *
   * @param generated z, f(z), f^2(z), f^3(z)
   * @param reconstructed x, f(x)
   * @param iterated f^k(z) for each of {@link #APPLICATIONS}
   * @param interpolated f along interpolations between noise samples, one list each
   * @param projected by degradation: degraded, f, f^2, f^3
   */
  record Snapshots(
      List<float[][]> generated,
      List<float[][]> reconstructed,
      List<float[][]> iterated,
      List<float[][]> interpolated,
      Map<String, List<float[][]>> projected) {

    static final List<Integer> APPLICATIONS = List.of(1, 2, 3, 5, 10, 20, 50, 100);
    static final int COLUMNS = 16;

    /** Samples in the paper's Figure 6. */
    static final int FIGURE_6 = 10;

    private static final int ITERATED = 8;
    private static final int WAYS = 3;
    private static final int PLACES = 12;
    private static final int PROJECTED = 10;
    private static final long SEED = 11;

    static Snapshots of(
        Generator generator, float[][] real, Map<String, Degradation> degradations) {
      float[][] z = generator.noise(SEED, COLUMNS);
      List<float[][]> iterated = new ArrayList<>();
      float[][] few = Arrays.copyOf(z, ITERATED);
      for (int k : APPLICATIONS) {
        iterated.add(generator.network().iterate(few, GenerativeObjective.NOISE, k));
      }
      float[][] ways = generator.interpolate(SEED, WAYS, PLACES);
      float[][] sent = generator.generate(ways, 1).get(1);
      List<float[][]> interpolated = new ArrayList<>();
      for (int way = 0; way < WAYS; way++) {
        interpolated.add(Arrays.copyOfRange(sent, way * PLACES, (way + 1) * PLACES));
      }
      Map<String, List<float[][]>> projected = new LinkedHashMap<>();
      float[][] clean = Arrays.copyOf(real, Math.min(PROJECTED, real.length));
      degradations.forEach(
          (name, degradation) ->
              projected.put(
                  name,
                  generator.project(degradation.apply(clean, generator.imageShape(), SEED), 3)));
      return new Snapshots(
          generator.generate(z, 3),
          generator.project(Arrays.copyOf(real, Math.min(COLUMNS, real.length)), 1),
          iterated,
          interpolated,
          projected);
    }
  }
}
