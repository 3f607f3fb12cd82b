package dev.idem.runs.experiment;

import dev.idem.api.training.TrainingPlan;
import java.util.OptionalLong;

/**
 * A training plan that may count epochs, which are steps once the number of images is known.
 *
 * @param base all but what {@code epochs} decides, and the seed
 * @param epochs how often the training images are seen; empty if {@code base} has the steps
 * @param everyEpoch whether evaluations are an epoch apart, rather than as {@code base} says
 */
public record RunPlan(TrainingPlan base, OptionalLong epochs, boolean everyEpoch) {

  /** The steps of {@code base} where {@code epochs} decides them: no warm-up is too long. */
  static final long UNKNOWN = Long.MAX_VALUE;

  /**
   * The plan of one run.
   *
   * @param seed of the run
   * @param trainingSize the number of samples to train on; does not matter without epochs
   * @throws IllegalArgumentException if the epochs have no more steps than the warm-up
   */
  public TrainingPlan of(long seed, int trainingSize) {
    TrainingPlan.Builder plan = base.toBuilder().seed(seed);
    if (epochs.isPresent()) {
      long stepsAnEpoch = Math.max(1, trainingSize / base.batchSize());
      plan.steps(Math.multiplyExact(epochs.getAsLong(), stepsAnEpoch));
      if (everyEpoch) {
        plan.evaluateEvery(stepsAnEpoch);
      }
    }
    return plan.build();
  }
}
