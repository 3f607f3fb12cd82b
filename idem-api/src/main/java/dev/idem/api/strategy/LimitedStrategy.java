package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.Objective.OutputGradient;

/**
 * The substituted gradient with a limit on where its step may lead: the improved output y' of
 * {@link SubstitutedGradient} is brought back, for each sample, to the ball that holds the output
 * and is at least as large as the input, and only then is
 *
 * <pre>dL/dy := -weight * scale * (y'' - y)
 * y'' = y' min(1, R / ||y'||),   R = max(radius ||x||, ||y||)</pre>
 *
 * <p>substituted. Idempotents stay fixed points, for there ||y'|| = ||y||. A step of any size up to
 * 1 keeps every sample within R. For a linear map on whitened inputs the mean square of the outputs
 * can therefore not grow beyond that of R; and an eigenvalue k of a rotation and scaling of the
 * plane never leaves the disc |k| &lt;= max(radius, |k at the start|), while without the limit one
 * near the separatrix Re k = 1/2 flies off in finite time. It also turns such an eigenvalue off the
 * separatrix: shortening y' changes its direction from y.
 *
 * <p>A cap on the length of the step instead, {@link SubstitutedGradient#stepCap}, slows the flight
 * and does not end it.
 *
 * @param polynomial the iterator that gives y'
 * @param weight of this gradient relative to other terms, positive
 * @param scale what the step is divided by
 * @param radius positive; 1 lets an output be as long as its input
 */
public record LimitedStrategy(
    IdempotentPolynomial polynomial, double weight, Scale scale, double radius)
    implements IdempotencyStrategy {

  /** Keeps the limit's quotient finite where y' is zero. */
  private static final double TINY = 1e-30;

  public LimitedStrategy {
    Require.positive("weight", weight);
    Require.positive("radius", radius);
  }

  /** The iterator of {@code polynomial}: weight 1, mean over batch and width, radius 1. */
  public LimitedStrategy(IdempotentPolynomial polynomial) {
    this(polynomial, 1, Scale.BATCH_AND_WIDTH_MEAN, 1);
  }

  /** The paper's cubic under the limit. */
  public LimitedStrategy() {
    this(IdempotentPolynomial.cubic());
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    T step = ops.subtract(target(f, ops), ops.stopGradient(y));
    return new OutputGradient<>(y, ops.multiply(step, -weight * scale.factor(y, ops)));
  }

  /** y'', a constant to differentiation. */
  <T> T target(Iterates<T> f, TensorAlgebra<T> ops) {
    T improved = ops.stopGradient(SubstitutedGradient.improvedOutput(polynomial, f, ops));
    T input = ops.multiply(SubstitutedGradient.norm(ops.stopGradient(f.input()), ops), radius);
    T output = SubstitutedGradient.norm(ops.stopGradient(f.output()), ops);
    T furthest = ops.add(input, ops.maximum(ops.subtract(output, input), 0));
    T length = ops.maximum(SubstitutedGradient.norm(improved, ops), TINY);
    return ops.multiplyPerSample(improved, ops.minimum(ops.divide(furthest, length), 1));
  }

  @Override
  public String formula() {
    return "dL/dy := -(y'' - y), y = f(x), y' = g(f)(x), g = "
        + polynomial
        + ", y'' = y' shortened to max("
        + (radius == 1 ? "" : radius + " ")
        + "||x||, ||y||)";
  }
}
