package dev.idem.api.training;

import dev.idem.api.check.Numbers;
import dev.idem.api.check.Require;

/**
 * The factor that the learning rate or a term is multiplied by, as a function of the step. Written
 * {@code constant} or {@code cosine to 0.1}.
 */
public sealed interface Schedule {

  /**
   * The factor at {@code step} of {@code steps}.
   *
   * @param step from 0
   */
  double factor(long step, long steps);

  /**
   * Checks that a run of {@code steps} is long enough.
   *
   * @throws IllegalArgumentException if a warm-up or a ramp would not end before the run does
   */
  default void requireFits(long steps) {}

  /** Always 1. */
  record Constant() implements Schedule {
    @Override
    public double factor(long step, long steps) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /**
   * Half a cosine from 1 at the first step down to {@code floor} at the end.
   *
   * @param floor in [0, 1)
   */
  record Cosine(double floor) implements Schedule {
    public Cosine {
      Require.inHalfOpen("floor", floor, 0, 1);
    }

    @Override
    public double factor(long step, long steps) {
      double progress = Math.min(1, (double) step / steps);
      return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress));
    }

    @Override
    public String toString() {
      return "cosine to " + Numbers.text(floor);
    }
  }

  /**
   * Multiplied by {@code decay} after every {@code every} steps.
   *
   * @param every positive
   * @param decay positive
   */
  record StepDecay(long every, double decay) implements Schedule {
    public StepDecay {
      Require.positive("every", every);
      Require.positive("decay", decay);
    }

    @Override
    public double factor(long step, long steps) {
      long decays = step / every;
      return Math.pow(decay, (double) decays);
    }

    @Override
    public String toString() {
      return "times %s every %s steps".formatted(Numbers.text(decay), every);
    }
  }

  /**
   * {@code from} up to step {@code begin}, linear to {@code to} at step {@code end}, and {@code to}
   * from there on:
   *
   * <pre>factor = from + (to - from) (step - begin) / (end - begin), begin &lt;= step &lt;= end
   * </pre>
   *
   * @param from not negative
   * @param to not negative
   * @param begin not negative
   * @param end after {@code begin}, and less than the steps of the run
   */
  record Ramp(double from, double to, long begin, long end) implements Schedule {
    public Ramp {
      Require.notNegative("from", from);
      Require.notNegative("to", to);
      Require.notNegative("begin", begin);
      Require.argument(begin < end, "end (%s) must be after begin (%s)", end, begin);
    }

    @Override
    public double factor(long step, long steps) {
      if (step <= begin || step >= end) {
        return step <= begin ? from : to;
      }
      double value = from + (to - from) * (step - begin) / (end - begin);
      // Rounding may pass an end by a bit.
      return Math.max(Math.min(from, to), Math.min(Math.max(from, to), value));
    }

    @Override
    public void requireFits(long steps) {
      Require.argument(
          end < steps,
          "end (%s) must be less than steps (%s): a ramp ends before the run does",
          end,
          steps);
    }

    @Override
    public String toString() {
      return "ramp from %s to %s, steps %s to %s"
          .formatted(Numbers.text(from), Numbers.text(to), begin, end);
    }
  }

  /**
   * Linear from 1 / {@code warmUp} at the first step to 1 at the last of {@code warmUp} steps;
   * after them {@code then} begins, over the steps that remain: with {@link Cosine} the factor is 1
   * again at step {@code warmUp} and reaches the floor at the end of the run.
   *
   * @param warmUp positive, and less than the steps of the run
   */
  record WarmUp(long warmUp, Schedule then) implements Schedule {
    public WarmUp {
      Require.positive("warmUp", warmUp);
    }

    @Override
    public double factor(long step, long steps) {
      return step < warmUp
          ? (step + 1.0) / warmUp
          : then.factor(step - warmUp, Math.max(1, steps - warmUp));
    }

    @Override
    public void requireFits(long steps) {
      Require.argument(
          warmUp < steps,
          "warmUp (%s) must be less than steps (%s): the schedule begins after the warm-up",
          warmUp,
          steps);
      then.requireFits(steps - warmUp);
    }

    @Override
    public String toString() {
      return "%s, after a warm-up of %s steps".formatted(then, warmUp);
    }
  }
}
