package dev.idem.eval.metrics;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.IdempotencyReport.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Measures how idempotent a function on rows is: {@code float[m][n]} to {@code float[m][n]}, such
 * as {@code network::apply}. Sums are taken in double precision.
 *
 * <p>The function gets copies, and its results are copied: it may work in place or hand out the
 * same array each time.
 *
 * @param iterates K, the most applications of f that drift is measured for, at least 2
 * @param tolerance of a fixed point, relative to ||f(x)||; positive
 */
public record IdempotencyMetrics(int iterates, double tolerance) {

  public IdempotencyMetrics {
    Require.argument(iterates >= 2, "iterates (%s) must be at least 2", iterates);
    Require.positive("tolerance", tolerance);
  }

  /** Five iterates, tolerance 0.01. */
  public static IdempotencyMetrics defaults() {
    return new IdempotencyMetrics(5, 0.01);
  }

  /**
   * Error, power and variance only, by two applications of f: for curves.
   *
   * @param samples [m][n], at least one, finite, all of one width
   * @throws IllegalArgumentException if the samples are not such, or f returns another shape
   */
  public static ErrorMeasurement measureError(UnaryOperator<float[][]> f, float[][] samples) {
    return measureError(f, f, samples);
  }

  /**
   * As {@link #measureError(UnaryOperator, float[][])}, where f is {@code first} on samples and
   * {@code then} on what f returned, see {@link #measure(UnaryOperator, UnaryOperator, float[][])}.
   */
  public static ErrorMeasurement measureError(
      UnaryOperator<float[][]> first, UnaryOperator<float[][]> then, float[][] samples) {
    float[][] x = Rows.requireSamples(samples);
    float[][] y = Rows.apply(first, x);
    if (!Rows.finite(y)) {
      return measurement(x, y, Double.POSITIVE_INFINITY);
    }
    return measurement(x, y, distance(Rows.apply(then, y), y));
  }

  /**
   * The full report, by K applications of f. The slowest part is two spectra, each of a symmetric
   * matrix of size min(m, n).
   *
   * @param samples [m][n], at least one, finite, all of one width
   * @throws IllegalArgumentException if the samples are not such, or f returns another shape
   */
  public IdempotencyReport measure(UnaryOperator<float[][]> f, float[][] samples) {
    return measure(f, f, samples);
  }

  /**
   * As {@link #measure(UnaryOperator, float[][])}, where f is {@code first} on samples and {@code
   * then} on what f returned: a network with batch normalisation keeps statistics for each kind of
   * input, so that its first application is another function than its further ones.
   *
   * @param samples [m][n], at least one, finite, all of one width
   * @throws IllegalArgumentException if the samples are not such, or f returns another shape
   */
  public IdempotencyReport measure(
      UnaryOperator<float[][]> first, UnaryOperator<float[][]> then, float[][] samples) {
    float[][] x = Rows.requireSamples(samples);
    float[][] y = Rows.apply(first, x);
    boolean outputFinite = Rows.finite(y);
    OptionalInt divergedAt = outputFinite ? OptionalInt.empty() : OptionalInt.of(1);
    List<Double> distances = new ArrayList<>();
    double share = Double.NaN;
    float[][] iterate = y;
    for (int k = 2; k <= iterates; k++) {
      if (divergedAt.isEmpty()) {
        iterate = Rows.apply(then, iterate);
        divergedAt = Rows.finite(iterate) ? divergedAt : OptionalInt.of(k);
        share = k == 2 ? fixedPointShare(iterate, y) : share;
      }
      distances.add(divergedAt.isEmpty() ? distance(iterate, y) : Double.POSITIVE_INFINITY);
    }
    ErrorMeasurement measurement = measurement(x, y, distances.get(0));
    return new IdempotencyReport(
        measurement,
        drifts(distances, measurement),
        outputFinite ? EffectiveRank.of(y) : Double.NaN,
        EffectiveRank.of(x),
        identityDistance(x, y, measurement.inputPower()),
        share,
        divergedAt);
  }

  private static ErrorMeasurement measurement(float[][] x, float[][] y, double error) {
    boolean finite = Rows.finite(y);
    return new ErrorMeasurement(
        x.length,
        x[0].length,
        error,
        Rows.meanSquare(x),
        Rows.variance(x),
        finite ? Rows.meanSquare(y) : Double.POSITIVE_INFINITY,
        finite ? Rows.variance(y) : Double.POSITIVE_INFINITY);
  }

  private static double distance(float[][] a, float[][] b) {
    return Rows.finite(a) && Rows.finite(b)
        ? Rows.meanSquaredDifference(a, b)
        : Double.POSITIVE_INFINITY;
  }

  private static List<Drift> drifts(List<Double> distances, ErrorMeasurement measurement) {
    List<Drift> drifts = new ArrayList<>();
    for (double distance : distances) {
      drifts.add(new Drift(drifts.size() + 2, distance, measurement.relativeToPower(distance)));
    }
    return drifts;
  }

  private static double identityDistance(float[][] x, float[][] y, double inputPower) {
    return inputPower == 0 ? Double.NaN : distance(y, x) / inputPower;
  }

  private double fixedPointShare(float[][] twice, float[][] once) {
    int fixed = 0;
    for (int i = 0; i < once.length; i++) {
      // A row that is not finite gives NaN or infinity here, and is not counted.
      double moved = Math.sqrt(Rows.squaredDifference(twice[i], once[i]));
      if (moved <= tolerance * Math.sqrt(Rows.squaredNorm(once[i]))) {
        fixed++;
      }
    }
    return (double) fixed / once.length;
  }
}
