package dev.idem.figures.generative;

import dev.idem.api.network.BatchNormalization;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingListener;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.figures.chart.Point;
import dev.idem.generative.objective.GenerativeObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The curves of a run: loss terms at each step, errors at each evaluation. */
final class Curve implements TrainingListener {

  /** The result of one evaluation on held-out samples. */
  record Evaluated(long step, double reconstruction, double relativeError) {}

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
    evaluations.add(new Evaluated(stepsDone, reconstruction, error.relativeError()));
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
