package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.Objective.OutputGradient;
import java.util.OptionalDouble;

/**
 * Jensen and Vicary's training scheme for any polynomial iterator g(K) = a_1 K + ... + a_j K^j.
 * With y = f(x) the gradient of a loss is replaced by
 *
 * <pre>dL/dy := -weight * scale * (y' - y),   y' = a_1 f(x) + a_2 f(f(x)) + ... + a_j f^j(x)</pre>
 *
 * <p>and sent back through the graph of y = f(x) alone; the further applications carry no gradient.
 * With the cubic, y' = 3 f(y) - 2 f(f(y)). It equals the gradient of the surrogate weight * scale *
 * 1/2 ||y - stop_gradient(y')||^2.
 *
 * @param polynomial the iterator g
 * @param weight of this gradient relative to other terms, positive
 * @param scale what the step is divided by
 * @param stepCap c &gt; 0 shortens the step of each sample to ||y' - y|| &lt;= c ||y||; empty for
 *     no cap, the paper's own scheme
 */
public record SubstitutedGradient(
    IdempotentPolynomial polynomial, double weight, Scale scale, OptionalDouble stepCap)
    implements IdempotencyStrategy {

  /** Keeps the cap's quotient finite where a sample's step is zero. */
  private static final double TINY = 1e-30;

  public SubstitutedGradient {
    Require.positive("weight", weight);
    stepCap.ifPresent(cap -> Require.positive("stepCap", cap));
  }

  /** The iterator of {@code polynomial}: weight 1, mean over batch and width, no cap. */
  public SubstitutedGradient(IdempotentPolynomial polynomial) {
    this(polynomial, 1, Scale.BATCH_AND_WIDTH_MEAN, OptionalDouble.empty());
  }

  /** The paper's method, 3K^2 - 2K^3. */
  public SubstitutedGradient() {
    this(IdempotentPolynomial.cubic());
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    T step = ops.stopGradient(ops.subtract(improvedOutput(polynomial, f, ops), y));
    if (stepCap.isPresent()) {
      step = capped(step, ops.stopGradient(y), stepCap.getAsDouble(), ops);
    }
    return new OutputGradient<>(y, ops.multiply(step, -weight * scale.factor(y, ops)));
  }

  /** y' = a_1 f(x) + a_2 f(f(x)) + ... + a_j f^j(x), differentiable. */
  static <T> T improvedOutput(
      IdempotentPolynomial polynomial, Iterates<T> f, TensorAlgebra<T> ops) {
    T sum = null;
    for (int power = 1; power <= polynomial.degree(); power++) {
      double coefficient = polynomial.coefficient(power).doubleValue();
      if (coefficient != 0) {
        T term = ops.multiply(f.iterate(power), coefficient);
        sum = sum == null ? term : ops.add(sum, term);
      }
    }
    if (sum == null) {
      throw new IllegalStateException("polynomial " + polynomial + " has no term");
    }
    return sum;
  }

  private static <T> T capped(T step, T y, double cap, TensorAlgebra<T> ops) {
    T longest = ops.multiply(norm(y, ops), cap);
    T factor = ops.minimum(ops.divide(longest, ops.maximum(norm(step, ops), TINY)), 1);
    return ops.multiplyPerSample(step, factor);
  }

  /** The Euclidean norm of each sample, [batch]. */
  static <T> T norm(T a, TensorAlgebra<T> ops) {
    return ops.sqrt(ops.sumPerSample(ops.square(a)));
  }

  @Override
  public String formula() {
    return "dL/dy := -(y' - y), y = f(x), y' = g(f)(x), g = " + polynomial;
  }
}
