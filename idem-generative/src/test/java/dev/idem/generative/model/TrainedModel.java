package dev.idem.generative.model;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.network.Normalization;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A small generator on small images, trained for a few steps. */
final class TrainedModel {

  static final TrainingEngine ENGINE = new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));

  private TrainedModel() {}

  static GeneratorTraining training(
      Method method, Architecture architecture, Normalization normalization, int steps) {
    FiniteDataSource images = new Stripes();
    GeneratorRecipe recipe =
        GeneratorRecipe.smoke(method, images.shape())
            .withArchitecture(architecture)
            .withNormalization(normalization);
    return GeneratorTraining.of(
        recipe.withPlan(recipe.plan().toBuilder().steps(steps).build()), images);
  }

  static GeneratorModel model(GeneratorTraining training, TrainedNetwork network) {
    return new GeneratorModel(
        training.recipe().imageShape(),
        training.recipe().network(),
        network.state(),
        training.noise(),
        Map.of("method", "test"),
        Map.of("idem", "test"));
  }

  /** Images [8, 8, 1] of stripes at any place. */
  static final class Stripes implements FiniteDataSource {
    @Override
    public Shape shape() {
      return Shape.of(8, 8, 1);
    }

    @Override
    public int trainingSize() {
      return 120;
    }

    @Override
    public float[] trainingSample(int index) {
      return draw(RandomStreams.stream(3, "stripe", index));
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      RandomGenerator random = RandomStreams.stream(seed, "batch", step);
      float[][] batch = new float[size][];
      for (int i = 0; i < size; i++) {
        batch[i] = trainingSample(random.nextInt(trainingSize()));
      }
      return batch;
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      RandomGenerator random = RandomStreams.stream(seed, "held-out", 0);
      float[][] samples = new float[size][];
      for (int i = 0; i < size; i++) {
        samples[i] = draw(random);
      }
      return samples;
    }

    private static float[] draw(RandomGenerator random) {
      double phase = 2 * Math.PI * random.nextDouble();
      double pitch = 0.4 + random.nextDouble();
      float[] image = new float[64];
      for (int i = 0; i < 64; i++) {
        image[i] = (float) (0.9 * Math.sin(pitch * (i % 8) + 0.3 * Math.floor(i / 8.0) + phase));
      }
      return image;
    }

    @Override
    public String description() {
      return "stripes";
    }
  }

  static List<Normalization> normalizations() {
    return List.of(Normalization.none(), Normalization.batch(), Normalization.group());
  }
}
