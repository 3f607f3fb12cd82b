package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.Objective.Loss;

/**
 * The canonical loss and the limited substituted gradient together:
 *
 * <pre>L = L_canonical + weight * scale * 1/2 sum over batch and width of (f(x) - y'')^2</pre>
 *
 * <p>with y'' of {@link LimitedStrategy} held constant, so that the second term has the substituted
 * gradient. The loss pulls f(f(x)) and f(x) together wherever they are; the substituted gradient
 * determines the direction in which f(x) moves.
 *
 * @param polynomial the iterator g of the limited gradient
 * @param weight of the limited gradient relative to other terms, positive
 * @param scale what both terms are divided by
 * @param radius of the limited gradient, positive, positive
 * @param canonicalWeight of the canonical loss relative to other terms, positive
 */
public record AnchoredStrategy(
    IdempotentPolynomial polynomial,
    double weight,
    Scale scale,
    double radius,
    double canonicalWeight)
    implements IdempotencyStrategy {

  public AnchoredStrategy {
    Require.positive("weight", weight);
    Require.positive("radius", radius);
    Require.positive("canonicalWeight", canonicalWeight);
  }

  /** Weight 1 for both terms, mean over batch and width; the cubic, radius 1. */
  public AnchoredStrategy() {
    this(IdempotentPolynomial.cubic(), 1, Scale.BATCH_AND_WIDTH_MEAN, 1, 1);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    T apart = ops.sum(ops.square(ops.subtract(y, limited().target(f, ops))));
    double factor = weight * scale.factor(y, ops) / 2;
    T loss = new CanonicalStrategy(canonicalWeight, scale).loss(f, ops);
    return new Loss<>(ops.add(loss, ops.multiply(apart, factor)));
  }

  private LimitedStrategy limited() {
    return new LimitedStrategy(polynomial, weight, scale, radius);
  }

  @Override
  public String formula() {
    return "L = %s ||f(f(x)) - f(x)||^2, and by weight %s: %s"
        .formatted(canonicalWeight, weight, limited().formula());
  }
}
