package dev.idem.figures.generative;

import dev.idem.api.network.BatchNormalization;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseAlarm;
import dev.idem.eval.metrics.CollapseAlarm.RankShare;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.generative.Judge.Measurement;
import dev.idem.generative.model.Generator;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A generator, trained and measured, with the images drawn from it.
 *
 * @param work what was to be done
 * @param measurement empty if the run diverged
 * @param divergence what the guard said, if it did
 * @param curve seen during training
 * @param shares the collapse alarm's history
 * @param warnings of the collapse alarm
 * @param pictures what was drawn from the generator; empty if the run diverged
 * @param <P> what that is
 */
record GeneratorRun<P>(
    Case work,
    Optional<Measurement> measurement,
    Optional<String> divergence,
    Curve curve,
    List<RankShare> shares,
    List<String> warnings,
    Optional<P> pictures) {

  /** Samples looked at during training. */
  private static final int WATCHED = 256;

  /**
   * A run to do.
   *
   * @param name of the method
   * @param setting the value varied, if one is
   * @param training how it is trained
   */
  record Case(String name, String setting, GeneratorTraining training) {}

  static <P> GeneratorRun<P> of(
      Case work, Judge judge, TrainingEngine engine, Function<Generator, P> pictures) {
    GeneratorTraining training = work.training();
    int watched = Math.min(WATCHED, judge.samples());
    float[][] z = Arrays.copyOf(judge.noise(training.noise()), watched);
    float[][] x = Arrays.copyOf(judge.real(), watched);
    Curve curve = new Curve(x, z);
    List<String> warnings = new ArrayList<>();
    CollapseAlarm alarm =
        new CollapseAlarm(
            CollapseAlarm.Rule.warning(),
            z,
            x,
            warning -> warnings.add("step " + warning.step() + ": " + warning.message()),
            GeneratorRun::generated);
    try (TrainedNetwork network = training.train(engine, List.of(curve, alarm))) {
      Generator generator =
          new Generator(training.recipe().imageShape(), training.noise(), network);
      return new GeneratorRun<>(
          work,
          Optional.of(judge.measure(network, training.noise())),
          Optional.empty(),
          curve,
          alarm.history(),
          warnings,
          Optional.of(pictures.apply(generator)));
    } catch (DivergenceException e) {
      return new GeneratorRun<>(
          work,
          Optional.empty(),
          Optional.of(String.valueOf(e.getMessage())),
          curve,
          alarm.history(),
          warnings,
          Optional.empty());
    }
  }

  private static float[][] generated(NetworkView network, float[][] z) {
    return network.apply(z, GenerativeObjective.NOISE);
  }

  String name() {
    return work.name();
  }

  GeneratorTraining training() {
    return work.training();
  }

  long seed() {
    return training().recipe().plan().seed();
  }

  /** The verdict in a word or two. */
  String state() {
    return measurement.map(Measurement::state).orElse("DIVERGED");
  }

  /** The measurements of these runs, a row each, in the report. */
  static Table shown(String name, List<? extends GeneratorRun<?>> runs, Judge judge) {
    return Table.shown(name, caption(judge), List.copyOf(runs), columns());
  }

  /** The same in a file alone. */
  static Table filed(String name, List<? extends GeneratorRun<?>> runs, Judge judge) {
    return Table.filed(name, caption(judge), List.copyOf(runs), columns());
  }

  private static String caption(Judge judge) {
    return String.format(
        Locale.ROOT,
        "On %d held-out digits and samples of noise. Reconstruction: mean squared error of f(x), in"
            + " inference and as in training. Diverse: both shares at least one half. Digits: those that"
            + " the classifier sees in at least 1 %% of f(z). Nearest"
            + " digit: median distance of f(z) to the nearest training digit, over that of held-out"
            + " digits. Digit Fréchet and coverage: in the digit classifier's features; as many"
            + " training digits are at %.0f and %.2f.",
        judge.samples(),
        judge.digitFrechet(judge.floor()),
        judge.coverage(judge.floor()));
  }

  private static List<Column<GeneratorRun<?>>> columns() {
    return List.of(
        new Column<>("method", GeneratorRun::name),
        new Column<>("setting", run -> run.work().setting()),
        new Column<>("seed", GeneratorRun::seed),
        new Column<>("state", GeneratorRun::state),
        measured("reconstruction", Measurement::reconstruction),
        measured("as in training", Measurement::reconstructionAsInTraining),
        measured("error / variance", Measurement::errorOverVariance),
        measured("relative error", Measurement::relativeError),
        measured("rank share", found -> found.diversity().rankShare()),
        measured("closest-pair share", found -> found.diversity().pairShare()),
        measured("digits", Measurement::classes),
        measured("identity distance", Measurement::identityDistance),
        measured("Fréchet, f", found -> found.frechet().get(0)),
        measured("Fréchet, f²", found -> found.frechet().get(1)),
        measured("Fréchet, f³", found -> found.frechet().get(2)),
        measured("nearest digit", Measurement::nearest),
        measured("digit Fréchet", Measurement::digitFrechet),
        measured("coverage", Measurement::coverage));
  }

  /** Not a number for a run that diverged. */
  private static Column<GeneratorRun<?>> measured(String name, ToDoubleFunction<Measurement> read) {
    return new Column<>(name, run -> run.measurement().map(read::applyAsDouble).orElse(Double.NaN));
  }

  /** The curves of a run: loss terms at each step, errors at each evaluation. */
  static final class Curve implements TrainingListener {

    /** The result of one evaluation on held-out samples. */
    record Evaluated(long step, double reconstruction, double errorOverVariance) {}

    private final float[][] images;
    private final float[][] noise;
    private final Map<String, List<Point>> terms = new LinkedHashMap<>();
    private final List<Evaluated> evaluations = new ArrayList<>();

    Curve(float[][] images, float[][] noise) {
      this.images = images;
      this.noise = noise;
    }

    @Override
    public void stepped(StepReport report) {
      double step = report.step() + 1;
      report
          .terms()
          .forEach(
              (term, value) ->
                  terms
                      .computeIfAbsent(term, first -> new ArrayList<>())
                      .add(new Point(step, value)));
    }

    @Override
    public void evaluated(long stepsDone, NetworkView network) {
      ErrorMeasurement error =
          IdempotencyMetrics.measureError(
              z -> network.apply(z, GenerativeObjective.NOISE),
              y -> network.apply(y, BatchNormalization.OUTPUTS),
              noise);
      double reconstruction =
          Rows.meanSquaredDifference(network.apply(images, GenerativeObjective.DATA), images);
      evaluations.add(new Evaluated(stepsDone, reconstruction, error.errorOverVariance()));
    }

    /** Each term of the objective: its value on the batch of each step. */
    Map<String, List<Point>> terms() {
      return terms;
    }

    /** Each term, averaged over stretches of steps, at the stretch's middle. */
    static List<Point> averaged(List<Point> points, int stretches) {
      int length = Math.max(1, points.size() / stretches);
      List<Point> averages = new ArrayList<>();
      for (int from = 0; from + length <= points.size(); from += length) {
        List<Point> stretch = points.subList(from, from + length);
        averages.add(
            new Point(
                stretch.stream().mapToDouble(Point::x).average().orElse(Double.NaN),
                stretch.stream().mapToDouble(Point::y).average().orElse(Double.NaN)));
      }
      return averages;
    }

    List<Evaluated> evaluations() {
      return evaluations;
    }
  }
}
