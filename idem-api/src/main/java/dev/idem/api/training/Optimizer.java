package dev.idem.api.training;

import dev.idem.api.check.Numbers;
import dev.idem.api.check.Require;

/**
 * How a gradient becomes a parameter update; h is the scheduled learning rate, g the gradient.
 * Written {@code SGD} or {@code Adam (beta1 0.9, beta2 0.999, epsilon 1e-8)}.
 */
public sealed interface Optimizer {

  /** The number of moments that are kept for each value of a parameter. */
  int moments();

  /** w := w - h g. */
  record Sgd() implements Optimizer {
    @Override
    public int moments() {
      return 0;
    }

    @Override
    public String toString() {
      return "SGD";
    }
  }

  /**
   * v := momentum v + g; w := w - h v (Polyak's heavy ball).
   *
   * @param momentum in [0, 1)
   */
  record Momentum(double momentum) implements Optimizer {
    public Momentum {
      Require.inHalfOpen("momentum", momentum, 0, 1);
    }

    @Override
    public int moments() {
      return 1;
    }

    @Override
    public String toString() {
      return "momentum " + Numbers.text(momentum);
    }
  }

  /**
   * Adam (Kingma and Ba, 2015) as TensorFlow computes it, epsilon outside the bias correction: w :=
   * w - h sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon at least 1.2e-38, the least normal number of single precision
   */
  record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
    public Adam {
      requireMoments(beta1, beta2, epsilon);
    }

    /** 0.9, 0.999, 1e-8. */
    public Adam() {
      this(0.9, 0.999, 1e-8);
    }

    @Override
    public int moments() {
      return 2;
    }

    @Override
    public String toString() {
      return "Adam (%s)".formatted(decays(beta1, beta2, epsilon));
    }
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, 2019): w := w - h weightDecay w before
   * Adam's step. Every parameter decays.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon at least 1.2e-38, the least normal number of single precision
   * @param weightDecay not negative
   */
  record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
      implements Optimizer {
    public AdamW {
      requireMoments(beta1, beta2, epsilon);
      Require.notNegative("weightDecay", weightDecay);
    }

    /** 0.9, 0.999, 1e-8, 0.01. */
    public AdamW() {
      this(0.9, 0.999, 1e-8, 0.01);
    }

    @Override
    public int moments() {
      return 2;
    }

    @Override
    public String toString() {
      return "AdamW (%s, weight decay %s)"
          .formatted(decays(beta1, beta2, epsilon), Numbers.text(weightDecay));
    }
  }

  private static String decays(double beta1, double beta2, double epsilon) {
    return "beta1 %s, beta2 %s, epsilon %s"
        .formatted(Numbers.text(beta1), Numbers.text(beta2), Numbers.text(epsilon));
  }

  private static void requireMoments(double beta1, double beta2, double epsilon) {
    Require.inHalfOpen("beta1", beta1, 0, 1);
    Require.inHalfOpen("beta2", beta2, 0, 1);
    Require.positiveInSinglePrecision("epsilon", epsilon);
  }
}
