package dev.idem.generative.recipe;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingPlan;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ExactAutoencoder;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import java.util.Locale;

/**
 * The training settings of a generator, except for the data.
 *
 * <p>Of {@link #paper} what is published is as published: for {@link Method#IGN} on [64, 64, 3] the
 * network, its initialisation, losses, weights, clamp, optimiser, batch, number of epochs and the
 * spectral noise of Shocher et al., ICLR 2024. On [28, 28, 1] it is what re-implementers of IGN
 * chose. For the other methods nothing is published; they are given IGN's settings and covariance
 * noise. {@link #smoke} and {@link #quick} are this project's choice.
 *
 * @param imageShape [h, w, c], c = 1 or 3
 * @param architecture of the network
 * @param normalization of its layers
 * @param noise where z comes from
 * @param objective minimised by each step
 * @param plan steps, learning rate, seed
 */
public record GeneratorRecipe(
    Shape imageShape,
    Architecture architecture,
    Normalization normalization,
    NoiseKind noise,
    GenerativeObjective objective,
    TrainingPlan plan) {

  private static final Optimizer ADAM = new Optimizer.Adam(0.5, 0.999, 1e-8);
  private static final int PAPER_BATCH = 256;
  private static final int MNIST_EPOCHS = 100;
  private static final int CELEBA_EPOCHS = 1_000;

  /** A few steps, to check that everything runs. */
  public static GeneratorRecipe smoke(Method method, Shape shape) {
    return quick(method, shape).withPlan(plan(20, 16, 1e-3).build());
  }

  /**
   * The small network, batches of 64, Adam (0.5, 0.999), 1,200 steps at 1e-3. IGN: with batch
   * normalisation, from white noise (colour images: spectral). The other methods: without, from
   * covariance noise. A minute or two on a core for [28, 28, 1].
   */
  public static GeneratorRecipe quick(Method method, Shape shape) {
    return new GeneratorRecipe(
        shape,
        Architecture.SMALL,
        method == Method.IGN ? Normalization.batch() : Normalization.none(),
        noise(method, shape),
        method.objective(shape),
        plan(1_200, 64, 1e-3).build());
  }

  /**
   * The published setting, where it is published: see the class.
   *
   * @param shape [28, 28, 1] or [64, 64, 3]
   * @param trainingSize the number of training images, which makes steps of epochs
   * @throws IllegalArgumentException if there is no network for the shape
   */
  public static GeneratorRecipe paper(Method method, Shape shape, int trainingSize) {
    boolean colour = shape.last() == 3;
    long epochs = colour ? CELEBA_EPOCHS : MNIST_EPOCHS;
    long stepsAnEpoch = Math.max(1, trainingSize / PAPER_BATCH);
    GeneratorRecipe recipe =
        new GeneratorRecipe(
            shape,
            Architecture.DCGAN,
            Normalization.batch(),
            noise(method, shape),
            method == Method.IGN && !colour
                ? IgnObjective.reimplemented()
                : method.objective(shape),
            plan(epochs * stepsAnEpoch, PAPER_BATCH, 1e-4).evaluateEvery(stepsAnEpoch).build());
    recipe.network();
    return recipe;
  }

  private static NoiseKind noise(Method method, Shape shape) {
    if (method != Method.IGN) {
      return NoiseKind.COVARIANCE;
    }
    return shape.last() == 3 ? NoiseKind.SPECTRAL : NoiseKind.WHITE;
  }

  private static TrainingPlan.Builder plan(long steps, int batch, double rate) {
    return TrainingPlan.quick().toBuilder()
        .steps(steps)
        .batchSize(batch)
        .learningRate(rate)
        .optimizer(ADAM)
        .evaluateEvery(evaluateEvery(steps));
  }

  /** Steps between evaluations of a run of so many steps, where nothing else is said: a twelfth. */
  public static long evaluateEvery(long steps) {
    return Math.max(1, steps / 12);
  }

  /**
   * The network.
   *
   * @throws IllegalArgumentException if the architecture does not suit the images' shape
   */
  public Network network() {
    return architecture.network(imageShape, normalization);
  }

  /** This recipe with another network. */
  public GeneratorRecipe withArchitecture(Architecture other) {
    return new GeneratorRecipe(imageShape, other, normalization, noise, objective, plan);
  }

  /** This recipe with another normalisation. */
  public GeneratorRecipe withNormalization(Normalization other) {
    return new GeneratorRecipe(imageShape, architecture, other, noise, objective, plan);
  }

  /** This recipe with another noise. */
  public GeneratorRecipe withNoise(NoiseKind other) {
    return new GeneratorRecipe(imageShape, architecture, normalization, other, objective, plan);
  }

  /** This recipe with another objective. */
  public GeneratorRecipe withObjective(GenerativeObjective other) {
    return new GeneratorRecipe(imageShape, architecture, normalization, noise, other, plan);
  }

  /** This recipe with another plan. */
  public GeneratorRecipe withPlan(TrainingPlan other) {
    return new GeneratorRecipe(imageShape, architecture, normalization, noise, objective, other);
  }

  /** Architectures of generators, chosen by name. */
  public enum Architecture {
    /** n-512-128-512-n, leaky ReLU inside, tanh at the output. */
    MLP,

    /** Convolutions to 16 and 32 channels, a dense code of 128, and their mirror image. */
    SMALL,

    /** Convolutions to 32 and 64 channels, a dense code of 128, and their mirror image. */
    MEDIUM,

    /**
     * The {@link ExactAutoencoder} of {@link #SMALL}: idempotent by construction, of as many
     * parameters; not with batch normalisation. Its code has at most half the image's numbers.
     */
    EXACT,

    /** {@link ConvAutoencoder#dcgan28} or {@link ConvAutoencoder#dcgan64}, by the images' shape. */
    DCGAN;

    private static final int CODE = 128;

    /**
     * The network for images of a shape.
     *
     * @param shape [h, w, c]
     * @throws IllegalArgumentException if the architecture does not suit the shape
     */
    public Network network(Shape shape, Normalization normalization) {
      return switch (this) {
        case MLP -> mlp(shape.size(), normalization);
        case SMALL -> conv(shape, normalization, 16, CODE);
        case EXACT ->
            new ExactAutoencoder(conv(shape, normalization, 16, Math.min(CODE, shape.size() / 2)));
        case MEDIUM -> conv(shape, normalization, 32, CODE);
        case DCGAN -> dcgan(shape, normalization);
      };
    }

    private static Network mlp(int n, Normalization normalization) {
      return Mlp.of(n, 512, 128, 512, n)
          .withActivations(Activation.LEAKY_RELU, Activation.TANH)
          .withNormalization(normalization);
    }

    private static Network dcgan(Shape shape, Normalization normalization) {
      if (shape.equals(Shape.of(28, 28, 1))) {
        return ConvAutoencoder.dcgan28(normalization);
      }
      Require.argument(
          shape.equals(Shape.of(64, 64, 3)),
          "dcgan is for images of shape [28, 28, 1] or [64, 64, 3], not %s; choose small or medium",
          shape);
      return ConvAutoencoder.dcgan64(normalization);
    }

    private ConvAutoencoder conv(Shape shape, Normalization normalization, int channels, int code) {
      Require.argument(
          shape.rank() == 3 && shape.dimension(0) % 4 == 0 && shape.dimension(1) % 4 == 0,
          "%s is for images whose height and width are multiples of 4, not %s; choose another size"
              + " or mlp",
          label(),
          shape);
      return ConvAutoencoder.compact(shape, channels, code).withNormalization(normalization);
    }

    /** The name on a command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
