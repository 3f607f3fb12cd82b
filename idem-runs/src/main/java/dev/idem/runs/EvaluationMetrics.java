package dev.idem.runs;

import dev.idem.api.network.BatchNormalization;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.EffectiveRank;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Measures a run's network on held-out samples, once an evaluation, for every listener that asks.
 * Must come first among a run's listeners.
 */
final class EvaluationMetrics implements TrainingListener {

  /** Two applications; no verdict depends on the tolerance, which is a fixed point's. */
  private static final IdempotencyMetrics TWICE = new IdempotencyMetrics(2, 0.01);

  private final Set<Metric> asked;
  private final HeldOut idempotency;
  private final HeldOut data;
  private final Map<Metric, Double> latest = new EnumMap<>(Metric.class);

  /** Held-out samples, [m][n], of an input of the objective. */
  @SuppressWarnings("ArrayRecordComponent") // samples, never compared
  record HeldOut(String kind, float[][] rows) {}

  /**
   * Metrics on samples that f should be idempotent on, and samples that f should map to themselves.
   */
  EvaluationMetrics(Set<Metric> asked, HeldOut idempotency, HeldOut data) {
    this.asked = asked;
    this.idempotency = idempotency;
    this.data = data;
  }

  /** The verdict on a network, which takes more than the metrics of an evaluation. */
  CollapseVerdict verdict(NetworkView network) {
    return CollapseThresholds.defaults()
        .judge(
            TWICE.measure(
                x -> network.apply(x, idempotency.kind),
                y -> network.apply(y, BatchNormalization.OUTPUTS),
                idempotency.rows));
  }

  @Override
  public synchronized void evaluated(long stepsDone, NetworkView network) {
    float[][] once = Rows.onCopies(x -> network.apply(x, idempotency.kind), idempotency.rows);
    UnaryOperator<float[][]> again = y -> network.apply(y, BatchNormalization.OUTPUTS);
    // The report holds what is measured without it too, and costs two spectra.
    Optional<IdempotencyReport> report =
        asked.contains(Metric.ERROR_OVER_VARIANCE)
            ? Optional.of(TWICE.measure(x -> once, again, idempotency.rows))
            : Optional.empty();
    ErrorMeasurement measured =
        report
            .map(IdempotencyReport::measurement)
            .orElseGet(() -> IdempotencyMetrics.measureError(x -> once, again, idempotency.rows));
    float[][] reconstruction = network.apply(data.rows, data.kind);
    latest.put(Metric.IDEMPOTENCY_ERROR, measured.error());
    latest.put(Metric.RELATIVE_ERROR, measured.relativeError());
    latest.put(Metric.RECONSTRUCTION_ERROR, Rows.meanSquaredDifference(reconstruction, data.rows));
    latest.put(Metric.POWER, measured.power());
    report.ifPresent(full -> latest.put(Metric.ERROR_OVER_VARIANCE, errorOverVariance(full)));
    if (asked.contains(Metric.EFFECTIVE_RANK)) {
      latest.put(
          Metric.EFFECTIVE_RANK,
          report.map(IdempotencyReport::effectiveRank).orElseGet(() -> effectiveRank(once)));
    }
    latest.keySet().retainAll(asked);
  }

  private static double effectiveRank(float[][] outputs) {
    return Rows.finite(outputs) ? EffectiveRank.of(outputs) : Double.NaN;
  }

  private static double errorOverVariance(IdempotencyReport report) {
    return switch (CollapseThresholds.defaults().judge(report)) {
      case HEALTHY, UNINFORMATIVE, IDENTITY -> report.errorOverVariance();
      case ZERO, CONSTANT, INFLATED, DIVERGED -> Double.POSITIVE_INFINITY;
    };
  }

  /** Each metric asked for, of the network last evaluated, by name. */
  Map<String, ToDoubleFunction<NetworkView>> byName() {
    Map<String, ToDoubleFunction<NetworkView>> byName = new LinkedHashMap<>();
    asked.forEach(metric -> byName.put(metric.label(), network -> value(metric)));
    return byName;
  }

  /** The metrics asked for of the network last evaluated, by name; none before there is one. */
  synchronized Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    latest.forEach((metric, value) -> values.put(metric.label(), value));
    return values;
  }

  /** A metric of the network last evaluated; not-a-number before there is one. */
  synchronized double value(Metric metric) {
    return latest.getOrDefault(metric, Double.NaN);
  }
}
