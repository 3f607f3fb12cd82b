package dev.idem.api.training;

import dev.idem.api.check.Numbers;
import dev.idem.api.check.Require;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long, how fast and from which seed a network is trained. The paper does not publish these;
 * the presets are this project's own choice.
 *
 * @param steps training steps, positive
 * @param batchSize samples of each input in a step, positive
 * @param learningRate h, positive
 * @param optimizer turns gradients into updates
 * @param schedule multiplies the learning rate; a warm-up must be shorter than the run
 * @param clipNorm gradients are scaled so that their global norm is at most this; empty for no
 *     clipping
 * @param evaluateEvery steps between evaluations, positive; the first is before step 0, the last
 *     after the last step
 * @param stopRules any of which may end the run early
 * @param seed of every random draw of the run
 */
public record TrainingPlan(
    long steps,
    int batchSize,
    double learningRate,
    Optimizer optimizer,
    Schedule schedule,
    OptionalDouble clipNorm,
    long evaluateEvery,
    List<StopRule> stopRules,
    long seed) {

  public TrainingPlan {
    Require.positive("steps", steps);
    Require.positive("batchSize", batchSize);
    Require.positive("learningRate", learningRate);
    clipNorm.ifPresent(norm -> Require.positiveInSinglePrecision("clipNorm", norm));
    Require.positive("evaluateEvery", evaluateEvery);
    schedule.requireFits(steps);
    stopRules = List.copyOf(stopRules);
  }

  /** 50 steps: shows that everything runs, and no more. */
  public static TrainingPlan smoke() {
    return quick().toBuilder().steps(50).evaluateEvery(10).build();
  }

  /** 500 steps of SGD at 0.1 on batches of 128, seed 1. */
  public static TrainingPlan quick() {
    return new TrainingPlan(
        500,
        128,
        0.1,
        new Optimizer.Sgd(),
        new Schedule.Constant(),
        OptionalDouble.empty(),
        25,
        List.of(),
        1);
  }

  /** 5,000 steps, otherwise as {@link #quick()}. */
  public static TrainingPlan paper() {
    return quick().toBuilder().steps(5_000).evaluateEvery(100).build();
  }

  /** The learning rate at {@code step}, schedule applied. */
  public double learningRateAt(long step) {
    return learningRate * schedule.factor(step, steps);
  }

  /** Whether the network is evaluated once {@code stepsDone} steps are done. */
  public boolean evaluatesAfter(long stepsDone) {
    return stepsDone % evaluateEvery == 0 || stepsDone == steps;
  }

  /**
   * Written {@code 500 steps of 128, rate 0.1, SGD, seed 1, evaluated every 25 steps}, with the
   * schedule, clipping and stop rules if there are any.
   */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "%s of %s, rate %s, %s, seed %s, evaluated every %s"
                .formatted(
                    steps(steps),
                    batchSize,
                    Numbers.text(learningRate),
                    optimizer,
                    seed,
                    evaluateEvery == 1 ? "step" : steps(evaluateEvery)));
    if (!(schedule instanceof Schedule.Constant)) {
      text.append(", schedule: ").append(schedule);
    }
    clipNorm.ifPresent(
        norm -> text.append(", gradients clipped to norm ").append(Numbers.text(norm)));
    stopRules.forEach(rule -> text.append(", stops if ").append(rule));
    return text.toString();
  }

  private static String steps(long count) {
    return count + (count == 1 ? " step" : " steps");
  }

  /** A builder that starts from this plan. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes some of a plan's values; the rest stay as they were. */
  public static final class Builder {
    private long steps;
    private int batchSize;
    private double learningRate;
    private Optimizer optimizer;
    private Schedule schedule;
    private OptionalDouble clipNorm;
    private long evaluateEvery;
    private List<StopRule> stopRules;
    private long seed;

    private Builder(TrainingPlan plan) {
      steps = plan.steps;
      batchSize = plan.batchSize;
      learningRate = plan.learningRate;
      optimizer = plan.optimizer;
      schedule = plan.schedule;
      clipNorm = plan.clipNorm;
      evaluateEvery = plan.evaluateEvery;
      stopRules = plan.stopRules;
      seed = plan.seed;
    }

    public Builder steps(long steps) {
      this.steps = steps;
      return this;
    }

    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    public Builder learningRate(double learningRate) {
      this.learningRate = learningRate;
      return this;
    }

    public Builder optimizer(Optimizer optimizer) {
      this.optimizer = optimizer;
      return this;
    }

    public Builder schedule(Schedule schedule) {
      this.schedule = schedule;
      return this;
    }

    public Builder clipNorm(double clipNorm) {
      this.clipNorm = OptionalDouble.of(clipNorm);
      return this;
    }

    public Builder evaluateEvery(long evaluateEvery) {
      this.evaluateEvery = evaluateEvery;
      return this;
    }

    public Builder stopRules(StopRule... stopRules) {
      this.stopRules = List.of(stopRules);
      return this;
    }

    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * The plan.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public TrainingPlan build() {
      return new TrainingPlan(
          steps,
          batchSize,
          learningRate,
          optimizer,
          schedule,
          clipNorm,
          evaluateEvery,
          stopRules,
          seed);
    }
  }
}
