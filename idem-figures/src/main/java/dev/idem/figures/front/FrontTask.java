package dev.idem.figures.front;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingPlan;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import dev.idem.models.data.Mnist;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Mlp;
import java.util.List;

/**
 * A task that pins a map down, so that scale is no free direction any more.
 *
 * @param name in files and tables
 * @param title of its chart
 * @param map what is trained
 * @param data inputs with their targets
 * @param learningRate of Adam, for every method
 * @param quickSteps steps of the quick preset
 * @param paperSteps steps of the paper preset
 */
record FrontTask(
    String name,
    String title,
    Network map,
    SupervisedSource data,
    double learningRate,
    int quickSteps,
    int paperSteps) {

  private static final int BATCH = 32;
  private static final int SMOKE_STEPS = 3;
  private static final int WIDTH = 16;
  private static final int RANK = 4;
  private static final long BASIS_SEED = 1;
  private static final double NOISE = 0.5;

  static List<FrontTask> all() {
    DataSource digits = Mnist.embedded();
    Network mlp = Mlp.of(784, 128, 16, 128, 784);
    Network cnn =
        ConvAutoencoder.compact(Shape.of(28, 28, 1), 8, 16)
            .withActivations(Activation.LEAKY_RELU, Activation.LEAKY_RELU, Activation.IDENTITY);
    Network small =
        Mlp.of(WIDTH, 64, 64, WIDTH)
            .withInitializers(Initializers.heNormal(), Initializers.zeros());
    return List.of(
        new FrontTask(
            "reconstruction-mlp",
            "reconstruction, MLP",
            mlp,
            SupervisedSource.reconstruction(digits),
            3e-3,
            250,
            5_000),
        new FrontTask(
            "reconstruction-cnn",
            "reconstruction, CNN",
            cnn,
            SupervisedSource.reconstruction(digits),
            5e-3,
            150,
            5_000),
        new FrontTask(
            "denoising",
            "denoising, MLP",
            mlp,
            SupervisedSource.denoising(digits, NOISE),
            3e-3,
            250,
            5_000),
        new FrontTask(
            "projection",
            "known projection, MLP",
            small,
            SupervisedSource.projection(
                new Gaussian(WIDTH), new LowRankGaussian(WIDTH, RANK, BASIS_SEED)),
            5e-3,
            1_000,
            20_000));
  }

  TrainingPlan plan(Preset preset, long seed) {
    int steps = preset.choose(SMOKE_STEPS, quickSteps, paperSteps);
    return TrainingPlan.quick().toBuilder()
        .steps(steps)
        .batchSize(BATCH)
        .optimizer(new Optimizer.Adam())
        .learningRate(learningRate)
        .schedule(new Schedule.Cosine(0))
        .evaluateEvery(steps)
        .seed(seed)
        .build();
  }
}
