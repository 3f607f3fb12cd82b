package dev.idem.generative.recipe;

import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingTask;
import dev.idem.generative.noise.NoiseSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recipe and the data it is for, ready to be trained.
 *
 * @param recipe how
 * @param images on what
 * @param noise estimated from the training images
 */
public record GeneratorTraining(
    GeneratorRecipe recipe, FiniteDataSource images, NoiseSource noise) {

  public GeneratorTraining {
    Require.argument(
        images.shape().equals(recipe.imageShape()),
        "images (%s) are of shape %s, the recipe is for %s",
        images.description(),
        images.shape(),
        recipe.imageShape());
  }

  /** The recipe on these images; estimates the noise from those to train on. */
  public static GeneratorTraining of(GeneratorRecipe recipe, FiniteDataSource images) {
    NoiseSource noise =
        recipe.noise().estimate(recipe.imageShape(), images.trainingSize(), images::trainingSample);
    return new GeneratorTraining(recipe, images, noise);
  }

  /** This training with another recipe of the same noise, so that it is not estimated again. */
  public GeneratorTraining with(GeneratorRecipe other) {
    Require.argument(
        other.noise() == recipe.noise(),
        "noise (%s) is not that of the recipe (%s)",
        recipe.noise().label(),
        other.noise().label());
    return new GeneratorTraining(other, images, noise);
  }

  /** The training task for an engine. */
  public TrainingTask task() {
    Map<String, DataSource> inputs = new LinkedHashMap<>();
    inputs.put(GenerativeObjective.DATA, images);
    inputs.put(GenerativeObjective.NOISE, noise);
    return new TrainingTask(recipe.network(), recipe.objective().terms(), inputs, recipe.plan());
  }

  /** Trains; the caller closes the network. */
  public TrainedNetwork train(TrainingEngine engine, List<? extends TrainingListener> listeners) {
    return engine.train(task(), listeners);
  }
}
