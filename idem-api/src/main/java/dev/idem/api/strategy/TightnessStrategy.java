package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Objective.Loss;
import java.util.OptionalDouble;

/**
 * The tightness loss: pushes f(y) away from y = f(z), with y held constant, so that the set of
 * fixed points shrinks to what the other terms keep in it. For each sample
 *
 * <pre>Lt(z) = -D(f(y), y),  y = stop_gradient(f(z))
 * L(z)  = tanh(Lt(z) / (a R(z))) a R(z),  R(z) = D(y, z)</pre>
 *
 * <p>with D a mean over the sample and no gradient through R; the loss is weight times the mean
 * over the batch, negative. Without the clamp, L = Lt, which has no lower bound. The tightness term
 * of Shocher et al., Idempotent Generative Network, ICLR 2024.
 *
 * <p>With a margin m, which is ours, Lt(z) = -2 sqrt(m min(D(f(y), y), m)). A sample that f moves
 * by m is pushed no further, as in the energy-based GAN (Zhao, Mathieu and LeCun, ICLR 2017), whose
 * discriminator is an autoencoder as f is here. Below, the root keeps the push on f(y) from
 * vanishing with the residual, as it does where f(z) collapses to a constant; at D = m it is that
 * of -D. Residuals below m / 10,000 give no gradient.
 *
 * @param weight of this term in the total loss, positive
 * @param distance D
 * @param clampRatio a, positive: the loss of a sample stays above -a R; empty for no clamp
 * @param margin m, positive, in units of D; empty for none
 */
public record TightnessStrategy(
    double weight, Distance distance, OptionalDouble clampRatio, OptionalDouble margin)
    implements IdempotencyStrategy {

  /** Keeps the quotient finite where f leaves a sample in its place. */
  private static final double TINY = 1e-12;

  /** Of a margin; keeps the root's slope finite where f leaves a sample in its place. */
  private static final double LEAST = 1e-4;

  public TightnessStrategy {
    Require.positive("weight", weight);
    clampRatio.ifPresent(ratio -> Require.positive("clampRatio", ratio));
    margin.ifPresent(limit -> Require.positive("margin", limit));
  }

  /** Without a margin: the published term. */
  public TightnessStrategy(double weight, Distance distance, OptionalDouble clampRatio) {
    this(weight, distance, clampRatio, OptionalDouble.empty());
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = ops.stopGradient(f.output());
    T residual = distance.meanPerSample(f.apply(y), y, ops);
    if (margin.isPresent()) {
      double m = margin.getAsDouble();
      T within = ops.maximum(ops.minimum(residual, m), m * LEAST);
      residual = ops.multiply(ops.sqrt(ops.multiply(within, m)), 2);
    }
    T loss = ops.multiply(residual, -1);
    if (clampRatio.isPresent()) {
      T moved = ops.stopGradient(distance.meanPerSample(y, f.input(), ops));
      T bound = ops.maximum(ops.multiply(moved, clampRatio.getAsDouble()), TINY);
      loss = ops.multiply(ops.tanh(ops.divide(loss, bound)), bound);
    }
    return new Loss<>(ops.multiply(ops.sum(loss), weight / ops.batchSize(y)));
  }

  @Override
  public String formula() {
    String norm = distance == Distance.SQUARED ? "||f(y) - y||^2" : "||f(y) - y||_1";
    String name = margin.isPresent() ? "2 sqrt(m min(" + norm + ", m))" : norm;
    return clampRatio.isPresent()
        ? "L = tanh(-" + name + " / (a R)) a R, y = f(x) held, R = D(y, x)"
        : "L = -" + name + ", y = f(x) held";
  }
}
