package dev.idem.cli.experiment;

import dev.idem.api.training.TrainingPlan;
import java.util.List;

/**
 * What an experiment file says, validated.
 *
 * @param subject what is trained
 * @param plan how long and how fast
 * @param seeds a run for each; at least one, all different
 * @param run what is kept of a run, watched in it, and ends it
 * @param engine what it is computed on
 * @param settings every value with its origin
 */
public record Experiment(
    Subject subject,
    RunPlan plan,
    List<Long> seeds,
    RunOptions run,
    EngineSettings engine,
    Settings settings) {

  public Experiment {
    seeds = List.copyOf(seeds);
  }

  /**
   * The plan of one run.
   *
   * @param trainingSize the number of samples to train on; matters where the plan counts epochs
   */
  public TrainingPlan plan(long seed, int trainingSize) {
    return plan.of(seed, trainingSize);
  }
}
