package dev.idem.api.training;

import dev.idem.api.check.Require;

/** The factor that the learning rate is multiplied by, as a function of the step. */
public sealed interface LearningRateSchedule {

  /**
   * The factor at {@code step} of {@code steps}.
   *
   * @param step from 0
   */
  double factor(long step, long steps);

  /** Always 1. */
  record Constant() implements LearningRateSchedule {
    @Override
    public double factor(long step, long steps) {
      return 1;
    }
  }

  /**
   * Half a cosine from 1 at the first step down to {@code floor} at the end.
   *
   * @param floor in [0, 1)
   */
  record Cosine(double floor) implements LearningRateSchedule {
    public Cosine {
      Require.inHalfOpen("floor", floor, 0, 1);
    }

    @Override
    public double factor(long step, long steps) {
      double progress = Math.min(1, (double) step / steps);
      return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress));
    }
  }

  /**
   * Multiplied by {@code decay} after every {@code every} steps.
   *
   * @param every positive
   * @param decay positive
   */
  record StepDecay(long every, double decay) implements LearningRateSchedule {
    public StepDecay {
      Require.positive("every", every);
      Require.positive("decay", decay);
    }

    @Override
    public double factor(long step, long steps) {
      long decays = step / every;
      return Math.pow(decay, (double) decays);
    }
  }

  /**
   * Linear from 1 / {@code warmUp} to 1 over the first {@code warmUp} steps, times {@code then}.
   *
   * @param warmUp positive
   */
  record WarmUp(long warmUp, LearningRateSchedule then) implements LearningRateSchedule {
    public WarmUp {
      Require.positive("warmUp", warmUp);
    }

    @Override
    public double factor(long step, long steps) {
      return Math.min(1, (step + 1.0) / warmUp) * then.factor(step, steps);
    }
  }
}
