package dev.idem.eval.metrics;

import dev.idem.api.check.Require;
import dev.idem.eval.metrics.ErrorMeasurement.MetricValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Idempotency metrics of a map f on samples x of width n.
 *
 * <p>An application that gives a number that is not finite is reported by {@code divergedAt}, and f
 * is not applied to its outcome. Distances and powers that need it are then +infinity; effective
 * rank and fixed-point share, if f(x) itself is not finite, are not-a-number.
 *
 * @param drifts how far f^k(x) goes from f(x), for k = 2 ... K
 * @param effectiveRank of the outputs f(x), centred over the samples: the exponential of the
 *     entropy of the singular values normalised to sum 1 (Roy and Vetterli, 2007), from 1 to min(m
 *     - 1, n); 0 if all outputs are equal
 * @param inputEffectiveRank the same of the inputs
 * @param identityDistance E ||f(x) - x||^2 / E ||x||^2; not-a-number if every x is zero
 * @param fixedPointShare the share of samples with ||f(f(x)) - f(x)|| &lt;= tolerance ||f(x)||, in
 *     [0, 1]
 * @param divergedAt the least k for which f^k(x) is not finite, if one up to K is
 */
public record IdempotencyReport(
    ErrorMeasurement measurement,
    List<Drift> drifts,
    double effectiveRank,
    double inputEffectiveRank,
    double identityDistance,
    double fixedPointShare,
    OptionalInt divergedAt) {

  /**
   * How far k applications go from one.
   *
   * @param k at least 2
   * @param distance 1/(m n) sum ||f^k(x) - f(x)||^2
   * @param relative distance / power; not-a-number if the power is zero
   */
  public record Drift(int k, double distance, double relative) {
    public Drift {
      Require.argument(k >= 2, "k (%s) must be at least 2", k);
    }
  }

  public IdempotencyReport {
    drifts = List.copyOf(drifts);
    Require.argument(!drifts.isEmpty(), "a report needs the drift of at least k = 2");
  }

  /** {@link ErrorMeasurement#error}. */
  public double error() {
    return measurement.error();
  }

  /** {@link ErrorMeasurement#relativeError}. */
  public double relativeError() {
    return measurement.relativeError();
  }

  /** {@link ErrorMeasurement#errorOverVariance}. */
  public double errorOverVariance() {
    return measurement.errorOverVariance();
  }

  /** {@link ErrorMeasurement#power}. */
  public double power() {
    return measurement.power();
  }

  /** {@link ErrorMeasurement#inputPower}. */
  public double inputPower() {
    return measurement.inputPower();
  }

  /** {@link ErrorMeasurement#variance}. */
  public double variance() {
    return measurement.variance();
  }

  /** The measured numbers by name; the drifts as {@code drift 2}, {@code relative drift 2} ... */
  public List<MetricValue> values() {
    List<MetricValue> values = new ArrayList<>(measurement.values());
    values.add(new MetricValue("effective rank", effectiveRank));
    values.add(new MetricValue("input effective rank", inputEffectiveRank));
    values.add(new MetricValue("identity distance", identityDistance));
    values.add(new MetricValue("fixed-point share", fixedPointShare));
    drifts.stream()
        .flatMap(
            drift ->
                Stream.of(
                    new MetricValue("drift " + drift.k(), drift.distance()),
                    new MetricValue("relative drift " + drift.k(), drift.relative())))
        .forEach(values::add);
    return List.copyOf(values);
  }
}
