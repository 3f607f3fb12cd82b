package dev.idem.runs;

import dev.idem.api.check.Require;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener.StatefulListener;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * Tracks a metric, lower being better, at every evaluation: the best value so far, and the number
 * of evaluations since. Optionally ends the run when that number reaches the patience. A value that
 * is not finite is never the best.
 */
final class BestMetric implements StatefulListener {

  private static final String SAVED = "best, step, worse";

  private final String metric;
  private final ToDoubleFunction<NetworkView> measure;
  private final OptionalLong patience;
  private double best = Double.POSITIVE_INFINITY;
  private long bestStep = -1;
  private long worse;

  /**
   * Lower is better; {@code patience} evaluations, positive, without a better value end the run.
   */
  BestMetric(String metric, ToDoubleFunction<NetworkView> measure, OptionalLong patience) {
    this.metric = metric;
    this.measure = measure;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "best " + metric;
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    double value = measure.applyAsDouble(network);
    if (value < best) {
      best = value;
      bestStep = stepsDone;
      worse = 0;
    } else {
      worse++;
    }
  }

  @Override
  public Optional<String> reasonToStop() {
    if (patience.isEmpty() || worse < patience.getAsLong()) {
      return Optional.empty();
    }
    String form =
        bestStep < 0
            ? "%1$s was never finite, in %4$d evaluation%5$s"
            : "no better %1$s than %2$s of step %3$d in %4$d evaluation%5$s";
    return Optional.of(
        String.format(Locale.ROOT, form, metric, best, bestStep, worse, worse == 1 ? "" : "s"));
  }

  String metric() {
    return metric;
  }

  /** The steps after which it was best; 0 is before the first, negative if there is none. */
  long bestStep() {
    return bestStep;
  }

  /** The best value so far; infinite before there is one. */
  double best() {
    return best;
  }

  @Override
  public Map<String, double[]> save() {
    return Map.of(SAVED, new double[] {best, bestStep, worse});
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    double[] values = Require.known(saved.get(SAVED), "value", "best", saved.keySet());
    Require.argument(values.length == 3, "best metric has %s values, not 3", values.length);
    best = values[0];
    bestStep = (long) values[1];
    worse = (long) values[2];
  }
}
