package dev.idem.runs.experiment;

import dev.idem.api.check.Require;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingPlan;
import java.util.List;

/**
 * A validated experiment file.
 *
 * @param seeds a run for each; at least one, all different
 * @param contributed the listeners of plug-ins that it names
 * @param settings every value with its origin
 */
public record Experiment(
    Subject subject,
    RunPlan plan,
    List<Long> seeds,
    RunOptions run,
    List<ListenerFactory.Named> contributed,
    EngineOptions engine,
    Settings settings) {

  public Experiment {
    seeds = List.copyOf(seeds);
    contributed = List.copyOf(contributed);
  }

  /**
   * This experiment with its images where they lie now. The settings stay as they were written: the
   * same images decide the same numbers wherever they lie.
   *
   * @throws IllegalArgumentException if it does not train a generator
   */
  public Experiment withDataAt(String source) {
    Require.argument(
        subject instanceof Subject.Generator,
        "--data (%s) is for runs of generators; this one trains a map on '%s', which has no folder",
        source,
        subject.data());
    Subject moved = ((Subject.Generator) subject).withData(source);
    return new Experiment(moved, plan, seeds, run, contributed, engine, settings);
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
