package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Objective.OutputGradient;

/**
 * Tightness by substitution: with y = f(x) held constant and u = f(y), the gradient with respect to
 * u is replaced by
 *
 * <pre>dL/du := -weight * scale * (u' - u)</pre>
 *
 * <p>and sent back through the outer application alone, as in {@link TightnessStrategy}. The paper
 * trains its generator so without saying what u' is; docs/method.md derives these forms.
 *
 * @param form what u' is
 * @param weight of this gradient relative to other terms, positive
 * @param scale what the step is divided by
 */
public record SubstitutedTightness(Form form, double weight, Scale scale)
    implements IdempotencyStrategy {

  /** What u' is, in terms of y and u = f(y). */
  public enum Form {
    /**
     * u' = f(u), the iterator K^2: for linear f it moves an eigenvalue k by k(k - 1), away from 1
     * on both sides and towards 0.
     */
    SQUARED("f(u)"),

    /**
     * u' = 2u - 3 f(u) + 2 f(f(u)), the step of the substituted gradient at y turned round: 0 and 1
     * repel, 1/2 attracts.
     */
    REVERSED("2u - 3 f(u) + 2 f(f(u))"),

    /**
     * u' = u + s (3u - 2 f(u) - y), s the sign of (3u - 2 f(u) - y)(u - y): the step of the
     * substituted gradient at y, turned so that it leads u away from y.
     */
    ALIGNED("u +- (3u - 2 f(u) - y), away from y");

    private final String formula;

    Form(String formula) {
      this.formula = formula;
    }
  }

  /** Keeps the sign's quotient finite where f leaves a sample in its place. */
  private static final double TINY = 1e-30;

  public SubstitutedTightness {
    Require.positive("weight", weight);
  }

  @Override
  public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
    T y = ops.stopGradient(f.output());
    T output = f.apply(y);
    T u = ops.stopGradient(output);
    T next = ops.stopGradient(f.apply(u));
    T step =
        switch (form) {
          case SQUARED -> ops.subtract(next, u);
          case REVERSED -> {
            T afterNext = ops.stopGradient(f.apply(next));
            yield ops.subtract(ops.add(u, ops.multiply(afterNext, 2)), ops.multiply(next, 3));
          }
          case ALIGNED -> aligned(u, next, y, ops);
        };
    return new OutputGradient<>(output, ops.multiply(step, -weight * scale.factor(u, ops)));
  }

  private static <T> T aligned(T u, T next, T y, TensorAlgebra<T> ops) {
    T step = ops.subtract(ops.subtract(ops.multiply(u, 3), ops.multiply(next, 2)), y);
    T along = ops.sumPerSample(ops.multiply(step, ops.subtract(u, y)));
    T sign = ops.divide(along, ops.maximum(ops.abs(along), TINY));
    return ops.multiplyPerSample(step, sign);
  }

  @Override
  public String formula() {
    return "dL/du := -(u' - u), u = f(y), y = f(x) held, u' = " + form.formula;
  }
}
