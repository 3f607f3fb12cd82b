package dev.idem.runs;

import dev.idem.api.network.BatchNormalization;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Measures a run's network on held-out samples, once an evaluation, for every listener that asks.
 * Must come first among a run's listeners.
 */
final class EvaluationMetrics implements TrainingListener {

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

  @Override
  public synchronized void evaluated(long stepsDone, NetworkView network) {
    IdempotencyReport report =
        IdempotencyMetrics.defaults()
            .measure(
                x -> network.apply(x, idempotency.kind),
                y -> network.apply(y, BatchNormalization.OUTPUTS),
                idempotency.rows);
    float[][] reconstruction = network.apply(data.rows, data.kind);
    latest.put(Metric.IDEMPOTENCY_ERROR, report.error());
    latest.put(Metric.RELATIVE_ERROR, report.relativeError());
    latest.put(Metric.RECONSTRUCTION_ERROR, Rows.meanSquaredDifference(reconstruction, data.rows));
    latest.put(Metric.POWER, report.power());
    latest.put(Metric.EFFECTIVE_RANK, report.effectiveRank());
    latest.keySet().retainAll(asked);
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
