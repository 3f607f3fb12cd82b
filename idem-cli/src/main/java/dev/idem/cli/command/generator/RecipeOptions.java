package dev.idem.cli.command.generator;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.TrainingPlan;
import dev.idem.cli.catalogue.Suggestions;
import dev.idem.cli.command.base.EngineOptions;
import dev.idem.cli.command.data.ImageData;
import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.recipe.Architecture;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.Method;
import dev.idem.models.network.Normalization;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What may be changed of a preset's recipe. */
final class RecipeOptions {

  private static final List<Normalization> NORMALIZATIONS =
      List.of(Normalization.none(), Normalization.batch(), Normalization.group());
  private static final int SIZE = 64;
  private static final int LEAST_SIZE = 8;
  private static final int MOST_SIZE = 512;

  @Option(names = "--network", description = "mlp, small, medium or dcgan.")
  private @Nullable String network;

  @Option(names = "--normalization", description = "none, batch or group.")
  private @Nullable String normalization;

  @Option(names = "--noise", description = "white, spectral or covariance.")
  private @Nullable String noise;

  @Option(names = "--steps", description = "Training steps.")
  private @Nullable Long steps;

  @Option(names = "--batch", description = "Images, and samples of noise, a step.")
  private @Nullable Integer batch;

  @Option(names = "--rate", description = "Learning rate of Adam (0.5, 0.999).")
  private @Nullable Double rate;

  @Option(names = "--size", description = "Extent of the images of images:DIR. Default: 64.")
  private @Nullable Integer size;

  @Option(names = "--grey", description = "Take the images of images:DIR as grey.")
  private boolean grey;

  @Mixin private ObjectiveOptions objectiveOptions = new ObjectiveOptions();

  /**
   * The shape of the images that {@code data} names.
   *
   * @throws ParameterException if another was asked for, and it is not a matter of choice
   */
  Shape shape(String data, CommandSpec spec) {
    if (ImageData.isMnist(data)) {
      if (size != null || grey) {
        throw new ParameterException(
            spec.commandLine(),
            "%s is for images:DIR; the digits of --data (%s) are 28 x 28 and grey"
                .formatted(grey ? "--grey" : "--size", data));
      }
      return Shape.of(28, 28, 1);
    }
    int extent = size == null ? SIZE : size;
    EngineOptions.requireRange(spec, "--size", LEAST_SIZE, extent, MOST_SIZE);
    return Shape.of(extent, extent, grey ? 1 : 3);
  }

  /**
   * The recipe with what was asked for.
   *
   * @throws ParameterException if a name is unknown, a value out of range, or an option not the
   *     method's
   */
  GeneratorRecipe applied(GeneratorRecipe recipe, Method method, long seed, CommandSpec spec) {
    GeneratorRecipe changed = recipe;
    if (network != null) {
      changed =
          changed.withArchitecture(
              named("network", network, Architecture::labelled, Architecture.labels(), spec));
    }
    if (normalization != null) {
      changed =
          changed.withNormalization(
              named(
                  "normalization",
                  normalization,
                  label -> NORMALIZATIONS.stream().filter(n -> n.label().equals(label)).findFirst(),
                  NORMALIZATIONS.stream().map(Normalization::label).toList(),
                  spec));
    }
    if (noise != null) {
      changed =
          changed.withNoise(named("noise", noise, NoiseKind::labelled, NoiseKind.labels(), spec));
    }
    return changed
        .withPlan(plan(changed.plan().toBuilder().seed(seed), spec))
        .withObjective(objectiveOptions.applied(changed.objective(), method, spec));
  }

  private TrainingPlan plan(TrainingPlan.Builder changed, CommandSpec spec) {
    if (steps != null) {
      EngineOptions.requirePositive(spec, "--steps", steps);
      changed.steps(steps).evaluateEvery(GeneratorRecipe.evaluateEvery(steps));
    }
    if (batch != null) {
      EngineOptions.requirePositive(spec, "--batch", batch);
      changed.batchSize(batch);
    }
    if (rate != null) {
      changed.learningRate(EngineOptions.requirePositive(spec, "--rate", rate));
    }
    return changed.build();
  }

  private static <V> V named(
      String kind,
      String name,
      Function<String, Optional<V>> labelled,
      List<String> labels,
      CommandSpec spec) {
    return labelled
        .apply(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), Suggestions.unknown(kind, name, labels)));
  }
}
