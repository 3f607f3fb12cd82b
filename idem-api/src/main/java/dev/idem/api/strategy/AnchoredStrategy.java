package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
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
 * @param canonical the loss, with its weight
 * @param limited the substituted gradient, with its weight
 */
public record AnchoredStrategy(CanonicalStrategy canonical, LimitedStrategy limited)
    implements IdempotencyStrategy {

  /** Both by weight 1, mean over batch and width; the cubic, radius 1. */
  public AnchoredStrategy() {
    this(new CanonicalStrategy(), new LimitedStrategy());
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = f.output();
    T apart = ops.sum(ops.square(ops.subtract(y, limited.target(f, ops))));
    double factor = limited.weight() * limited.scale().factor(y, ops) / 2;
    T loss = canonical.loss(f, ops);
    return new Loss<>(ops.add(loss, ops.multiply(apart, factor)));
  }

  @Override
  public String formula() {
    return "L = %s ||f(f(x)) - f(x)||^2, and by weight %s: %s"
        .formatted(canonical.weight(), limited.weight(), limited.formula());
  }
}
