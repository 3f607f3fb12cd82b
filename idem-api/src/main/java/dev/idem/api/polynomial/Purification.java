package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The result of iterating a polynomial, or a sequence of them, on a matrix until it is idempotent:
 * K, g(K), g(g(K)), ...
 */
public final class Purification {

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

  private final double[][] matrix;
  private final int iterations;
  private final int products;
  private final double residual;
  private final Outcome outcome;

  private Purification(
      double[][] matrix, int iterations, int products, double residual, Outcome outcome) {
    this.matrix = matrix;
    this.iterations = iterations;
    this.products = products;
    this.residual = residual;
    this.outcome = outcome;
  }

  /** A copy of the last iterate [n, n] whose residual is finite. */
  public double[][] matrix() {
    return SquareMatrices.copy(matrix);
  }

  /** How many applications of the polynomial led from the start to {@link #matrix}. */
  public int iterations() {
    return iterations;
  }

  /**
   * The matrix products of these applications; those that the residuals were measured by are not
   * counted.
   */
  public int products() {
    return products;
  }

  /** ||K^2 - K||_F of {@link #matrix}. */
  public double residual() {
    return residual;
  }

  /** Why the iteration ended. */
  public Outcome outcome() {
    return outcome;
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
    for (int iteration = 0; iteration < maxIterations; iteration++) {
      if (residual <= tolerance) {
        return new Purification(k, iteration, products, residual, Outcome.CONVERGED);
      }
      Step step = steps.apply(iteration);
      double[][] next = step.map().apply(k);
      double nextResidual = SquareMatrices.idempotencyResidual(next);
      if (!Double.isFinite(nextResidual)) {
        return new Purification(k, iteration, products, residual, Outcome.DIVERGED);
      }
      k = next;
      products += step.products();
      residual = nextResidual;
    }
    Outcome outcome = residual <= tolerance ? Outcome.CONVERGED : Outcome.EXHAUSTED;
    return new Purification(k, maxIterations, products, residual, outcome);
  }

  /** One line: the outcome, the iterations and the residual. */
  @Override
  public String toString() {
    return outcome + " after " + iterations + " iterations, residual " + residual;
  }
}
