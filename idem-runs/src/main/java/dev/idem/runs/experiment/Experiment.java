package dev.idem.runs.experiment;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.models.network.Normalization;
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

  /** The subject of an experiment: what it trains. */
  public sealed interface Subject {

    /** The name of the data: of images as a file has it. */
    String data();

    /** A generator of images, which are brought to the shape [h, w, c]. */
    record Generator(
        Method method,
        Shape imageShape,
        Architecture architecture,
        Normalization normalization,
        NoiseKind noise,
        GenerativeObjective objective,
        String data)
        implements Subject {

      Generator withData(String other) {
        return new Generator(
            method, imageShape, architecture, normalization, noise, objective, other);
      }

      /** The recipe with that plan. */
      public GeneratorRecipe recipe(TrainingPlan plan) {
        return new GeneratorRecipe(imageShape, architecture, normalization, noise, objective, plan);
      }
    }

    /**
     * A map that is made idempotent on its data. Strategy and data are named as in the catalogue.
     */
    record SelfMap(
        String strategy,
        TrainingObjective objective,
        Network network,
        String data,
        DataSource source)
        implements Subject {

      /** What an engine is to train. */
      public TrainingTask task(TrainingPlan plan) {
        return TrainingTask.of(network, objective, source, plan);
      }
    }
  }
}
