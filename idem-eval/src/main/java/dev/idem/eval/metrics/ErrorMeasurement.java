package dev.idem.eval.metrics;

import dev.idem.api.check.Require;
import java.util.List;

/**
 * The idempotency error of a map f on samples x_1 ... x_m of width n, and the scale it has to be
 * read against: shrinking f lowers the error and makes nothing idempotent.
 *
 * <p>Where f(x) is not finite, {@code error}, {@code power} and {@code variance} are +infinity;
 * where only f(f(x)) is not, {@code error} is.
 *
 * @param samples m, positive
 * @param width n, positive
 * @param error 1/(m n) sum ||f(f(x)) - f(x)||^2
 * @param inputPower 1/(m n) sum ||x||^2
 * @param inputVariance 1/(m n) sum ||x - mean x||^2, the mean over the samples
 * @param power 1/(m n) sum ||f(x)||^2
 * @param variance 1/(m n) sum ||f(x) - mean f(x)||^2, the mean over the samples
 */
public record ErrorMeasurement(
    int samples,
    int width,
    double error,
    double inputPower,
    double inputVariance,
    double power,
    double variance) {

  public ErrorMeasurement {
    Require.positive("samples", samples);
    Require.positive("width", width);
    Require.notNegative("inputPower", inputPower);
    Require.notNegative("inputVariance", inputVariance);
    requireMeasured("error", error);
    requireMeasured("power", power);
    requireMeasured("variance", variance);
  }

  private static void requireMeasured(String name, double value) {
    Require.argument(value >= 0, "%s (%s) must be zero, positive or +infinity", name, value);
  }

  /** Whether f(x) and f(f(x)) are finite. */
  public boolean finite() {
    return Double.isFinite(error);
  }

  /** error / power: not-a-number if the power is zero, +infinity if the error is. */
  public double relativeError() {
    return relativeToPower(error);
  }

  /**
   * error / variance, which is 1 - R^2 of f(f(x)) as a prediction of f(x): of independent samples
   * it is at least 1, so that only below does f(f(x)) say anything about f(x); a constant, whose
   * power hides its error, is not small here. +infinity if the variance is zero or the error is
   * infinite.
   */
  public double errorOverVariance() {
    return finite() && variance > 0 ? error / variance : Double.POSITIVE_INFINITY;
  }

  /** power / input power: not-a-number if the input power is zero. */
  public double powerRatio() {
    return inputPower == 0 ? Double.NaN : power / inputPower;
  }

  double relativeToPower(double distance) {
    if (Double.isInfinite(distance)) {
      return distance;
    }
    return power == 0 ? Double.NaN : distance / power;
  }

  /** The measured numbers by name. */
  public List<MetricValue> values() {
    return List.of(
        new MetricValue("idempotency error", error),
        new MetricValue("relative error", relativeError()),
        new MetricValue("error over variance", errorOverVariance()),
        new MetricValue("input power", inputPower),
        new MetricValue("input variance", inputVariance),
        new MetricValue("power", power),
        new MetricValue("power ratio", powerRatio()),
        new MetricValue("variance", variance));
  }

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
}
