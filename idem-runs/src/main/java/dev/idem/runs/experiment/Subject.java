package dev.idem.runs.experiment;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.models.network.Normalization;

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

  /** A map that is made idempotent on its data. Strategy and data are named as in the catalogue. */
  record SelfMap(
      String strategy, TrainingObjective objective, Network network, String data, DataSource source)
      implements Subject {

    /** What an engine is to train. */
    public TrainingTask task(TrainingPlan plan) {
      return TrainingTask.of(network, objective, source, plan);
    }
  }
}
