package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The result of iterating a polynomial, or a sequence of them, on a matrix until it is idempotent:
 * K, g(K), g(g(K)), ...
 *
 * @param matrix the last iterate [n, n] whose residual is finite; a copy
 * @param iterations how many applications of the polynomial led to it from the start
 * @param products the matrix products of these applications; those that the residuals were measured
 *     by are not counted
 * @param residual ||K^2 - K||_F of the matrix
 * @param outcome why the iteration ended
 */
@SuppressWarnings("ArrayRecordComponent") // copied where it leaves; results are never compared
public record Purification(
    double[][] matrix, int iterations, int products, double residual, Outcome outcome) {

  /** Why an iteration ended. */
  public enum Outcome {
    /** The residual is within the tolerance. */
    CONVERGED,
    /** The allowed iterations are used up and the residual is above the tolerance. */
    EXHAUSTED,
    /** The iterates overflowed. */
    DIVERGED
  }

  /** One application: K to g(K), and how many matrix products that takes. */
  record Step(UnaryOperator<double[][]> map, int products) {}

  @Override
  public double[][] matrix() {
    return SquareMatrices.copy(matrix);
  }

  /** Whether the residual is within the tolerance. */
  public boolean converged() {
    return outcome == Outcome.CONVERGED;
  }

  /** Applies the steps of index 0, 1, ... until the tolerance is met. */
  static Purification of(
      IntFunction<Step> steps, double[][] start, double tolerance, int maxIterations) {
    SquareMatrices.requireSquare(start);
    Require.positive("tolerance", tolerance);
    Require.notNegative("maxIterations", maxIterations);
    double[][] k = SquareMatrices.copy(start);
    double residual = SquareMatrices.idempotencyResidual(k);
    Require.argument(
        Double.isFinite(residual), "matrix must have a finite ||K^2 - K||_F (%s)", residual);
    int products = 0;
    int iterations = 0;
    while (residual > tolerance && iterations < maxIterations) {
      Step step = steps.apply(iterations);
      double[][] next = step.map().apply(k);
      double nextResidual = SquareMatrices.idempotencyResidual(next);
      if (!Double.isFinite(nextResidual)) {
        return new Purification(k, iterations, products, residual, Outcome.DIVERGED);
      }
      k = next;
      products += step.products();
      residual = nextResidual;
      iterations++;
    }
    Outcome outcome = residual <= tolerance ? Outcome.CONVERGED : Outcome.EXHAUSTED;
    return new Purification(k, iterations, products, residual, outcome);
  }

  /** One line: the outcome, the iterations and the residual. */
  @Override
  public String toString() {
    return outcome + " after " + iterations + " iterations, residual " + residual;
  }
}
