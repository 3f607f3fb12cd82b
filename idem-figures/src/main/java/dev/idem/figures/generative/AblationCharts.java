package dev.idem.figures.generative;

import dev.idem.api.algebra.Shape;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.generative.AblationFigure.Design;
import dev.idem.figures.generative.AblationFigure.Setting;
import dev.idem.figures.generative.GenerativeDrawings.Snapshots;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.figures.generative.Judge.Measurement;
import dev.idem.generative.image.ImageGrid;
import dev.idem.generative.image.ImageGrid.Block;
import dev.idem.generative.image.ImageGrid.Row;
import dev.idem.generative.image.Pixels;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the substituted gradient's weight does, and what forms of tightness beside it gave. */
final class AblationCharts {

  private static final int WIDTH = 440;
  private static final int HEIGHT = 360;

  private final Design design;
  private final Map<Case, GeneratorRun<float[][]>> runs;
  private final Judge judge;

  AblationCharts(Design design, Map<Case, GeneratorRun<float[][]>> runs, Judge judge) {
    this.design = design;
    this.runs = runs;
    this.judge = judge;
  }

  /** The effect of the weight, and samples of each substituted tightness. */
  List<Drawing> drawings(Shape shape) {
    List<Drawing> drawings = new ArrayList<>();
    drawings.add(weight());
    samples(
            "methods",
            "f(z) of the first %s samples of noise, none chosen, by each method at its default setting and by the exact network, first seed; a run that diverged has no row.",
            design.methods(),
            setting ->
                setting.equals(design.exact()) ? setting.name() : Methods.name(setting.method()),
            shape)
        .ifPresent(drawings::add);
    samples(
            "substituted-tightness",
            "f(z) of the first %s samples of white noise, none chosen, by each substituted gradient with a tightness; a setting that diverged has no row.",
            design.substitutedTightness(),
            Setting::name,
            shape)
        .ifPresent(drawings::add);
    return drawings;
  }

  /** Samples of the first seed of each setting, a row each; empty if all diverged. */
  private Optional<Drawing> samples(
      String name,
      String caption,
      List<Setting> settings,
      Function<Setting, String> label,
      Shape shape) {
    List<Row> rows = new ArrayList<>();
    for (Setting setting : settings) {
      Optional.ofNullable(runs.get(setting.cases().get(0)))
          .flatMap(GeneratorRun::pictures)
          .map(samples -> Arrays.stream(samples).map(z -> Pixels.picture(z, shape)).toList())
          .ifPresent(images -> rows.add(new Row(label.apply(setting), images)));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Drawing(
                name,
                caption.formatted(Snapshots.FIGURE_6),
                new ImageGrid("", 1, 1.5, List.of(new Block("", List.of(), rows)))));
  }

  private Drawing weight() {
    List<Chart> charts =
        List.of(
            chart(
                "distance in pixels",
                Axis.log("squared Fréchet distance"),
                measured -> measured.frechet().get(0),
                "training digits",
                judge.frechet(judge.floor())),
            chart(
                "distance in digit features",
                Axis.log("squared Fréchet distance"),
                Measurement::digitFrechet,
                "training digits",
                judge.digitFrechet(judge.floor())),
            chart(
                "coverage of digits",
                Axis.linear("held-out digits near a sample, share"),
                Measurement::coverage,
                "training digits",
                judge.coverage(judge.floor())),
            chart(
                "nearest digit",
                Axis.linear("distance to nearest digit / of real ones"),
                Measurement::nearest,
                "held-out digits",
                1),
            chart(
                "diversity",
                Axis.linear("effective rank / of real digits"),
                measured -> measured.diversity().rankShare(),
                "least that counts as diverse",
                0.5),
            chart(
                "idempotency",
                Axis.log("E |f(f(z)) - f(z)|² / variance of f(z)"),
                Measurement::errorOverVariance,
                Double.toString(PaperClaims.IDEMPOTENT_GENERATOR),
                PaperClaims.IDEMPOTENT_GENERATOR));
    return new Drawing(
        "weight",
        "The substituted gradient's weight beside a mean squared reconstruction error of weight 1. Each disc is a run, the line joins medians of %s seeds, squares are collapsed runs; the vertical line is the least weight with one. Open triangles at the left: reconstruction alone."
            .formatted(design.of(Method.RECONSTRUCTION).size()),
        new ChartGrid(3, WIDTH, HEIGHT, charts));
  }

  private Chart chart(
      String title,
      Axis y,
      ToDoubleFunction<Measurement> value,
      String referenceName,
      double reference) {
    List<Point> diverse = new ArrayList<>();
    List<Point> collapsed = new ArrayList<>();
    List<Point> medians = new ArrayList<>();
    double collapse = Double.NaN;
    for (Map.Entry<Double, Setting> weight : design.weights().entrySet()) {
      List<Double> all = new ArrayList<>();
      for (Measurement measured : measurements(weight.getValue().cases())) {
        Point point = new Point(weight.getKey(), value.applyAsDouble(measured));
        all.add(point.y());
        (measured.collapsed() ? collapsed : diverse).add(point);
        if (measured.collapsed() && Double.isNaN(collapse)) {
          collapse = weight.getKey();
        }
      }
      if (!all.isEmpty()) {
        medians.add(new Point(weight.getKey(), Quartiles.of(all).median()));
      }
    }
    double least = medians.isEmpty() ? 0.01 : medians.get(0).x();
    double most = medians.isEmpty() ? 1 : medians.get(medians.size() - 1).x();
    double left = least / 2;
    List<Point> control = new ArrayList<>();
    for (Measurement measured : measurements(design.of(Method.RECONSTRUCTION))) {
      control.add(new Point(left, value.applyAsDouble(measured)));
    }
    Chart.Builder chart =
        Chart.of(title, Axis.log("weight of the substituted gradient"), y)
            .line(
                referenceName,
                Style.REFERENCE,
                List.of(new Point(left, reference), new Point(most, reference)))
            .line("median", Style.FIRST, medians)
            .points("runs", Style.FIRST, diverse)
            .points("collapsed", Style.SECOND, collapsed)
            .openPoints("weight 0", Style.THIRD, control);
    if (!Double.isNaN(collapse)) {
      chart.vertical(Style.SECOND, collapse);
    }
    return chart.build();
  }

  private List<Measurement> measurements(List<Case> cases) {
    List<Measurement> measurements = new ArrayList<>();
    for (Case work : cases) {
      GeneratorRun<float[][]> run = runs.get(work);
      if (run != null) {
        run.measurement().ifPresent(measurements::add);
      }
    }
    return measurements;
  }
}
