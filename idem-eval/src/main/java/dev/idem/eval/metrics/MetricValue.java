package dev.idem.eval.metrics;

import dev.idem.api.check.Require;

/**
 * A measured number with its name. Not-a-number means undefined, such as a ratio to zero power.
 *
 * @param name in the field's words, such as {@code relative error}
 * @param value as measured
 */
public record MetricValue(String name, double value) {
  public MetricValue {
    Require.notBlank("metric name", name);
  }
}
