package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.training.TrainingPlan;
import dev.idem.cli.catalogue.Suggestions;
import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.objective.GenerativeObjective;
import dev.idem.generative.objective.IgnObjective;
import dev.idem.generative.objective.ReconstructionObjective;
import dev.idem.generative.recipe.Architecture;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.Method;
import dev.idem.models.network.Normalization;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What may be changed of a preset's recipe. */
final class RecipeOptions {

  private static final List<Normalization> NORMALIZATIONS =
      List.of(Normalization.none(), Normalization.batch(), Normalization.group());
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

  @Option(
      names = "--weight",
      description = "Of the iterator or the canonical loss beside a reconstruction of weight 1.")
  private @Nullable Double weight;

  @Option(
      names = "--order",
      description = "Of the iterator's polynomial: 1 is the paper's 3K^2 - 2K^3. Default: 1.")
  private @Nullable Integer order;

  @Option(
      names = "--step-cap",
      description = "c shortens the iterator's step to c times the output's norm. Default: none.")
  private @Nullable Double stepCap;

  @Option(names = "--ign-preset", description = "ign-mnist or ign-celeba. Default: by the images.")
  private @Nullable String ignPreset;

  @Option(names = "--reconstruction-weight", description = "Of IGN's reconstruction.")
  private @Nullable Double reconstructionWeight;

  @Option(names = "--idempotence-weight", description = "Of IGN's idempotence.")
  private @Nullable Double idempotenceWeight;

  @Option(names = "--tightness-weight", description = "Of IGN's tightness; 0 leaves it out.")
  private @Nullable Double tightnessWeight;

  @Option(names = "--clamp-ratio", description = "a of IGN's tightness clamp; 0 for no clamp.")
  private @Nullable Double clampRatio;

  @Option(
      names = "--size",
      defaultValue = "64",
      description = "Extent of the images of images:DIR. Default: ${DEFAULT-VALUE}.")
  private int size = 64;

  @Option(names = "--grey", description = "Take the images of images:DIR as grey.")
  private boolean grey;

  /** The shape that pictures of a folder are brought to. */
  Shape shape(CommandSpec spec) {
    EngineOptions.requireRange(spec, "--size", LEAST_SIZE, size, MOST_SIZE);
    return Shape.of(size, size, grey ? 1 : 3);
  }

  /**
   * The recipe with what was asked for.
   *
   * @throws ParameterException if a name is unknown or an option is not the method's
   * @throws IllegalArgumentException if a value is out of range
   */
  GeneratorRecipe applied(GeneratorRecipe recipe, Method method, CommandSpec spec) {
    GeneratorRecipe changed = recipe;
    if (network != null) {
      String name = network;
      changed =
          changed.withArchitecture(
              Architecture.labelled(name)
                  .orElseThrow(() -> unknown(spec, "network", name, Architecture.labels())));
    }
    if (normalization != null) {
      changed = changed.withNormalization(normalization(normalization, spec));
    }
    if (noise != null) {
      String name = noise;
      changed =
          changed.withNoise(
              NoiseKind.labelled(name)
                  .orElseThrow(() -> unknown(spec, "noise", name, NoiseKind.labels())));
    }
    return changed.withPlan(plan(changed.plan())).withObjective(objective(changed, method, spec));
  }

  private TrainingPlan plan(TrainingPlan plan) {
    TrainingPlan.Builder changed = plan.toBuilder();
    if (steps != null) {
      changed.steps(steps).evaluateEvery(Math.max(1, steps / 12));
    }
    if (batch != null) {
      changed.batchSize(batch);
    }
    if (rate != null) {
      changed.learningRate(rate);
    }
    return changed.build();
  }

  private GenerativeObjective objective(GeneratorRecipe recipe, Method method, CommandSpec spec) {
    boolean iterator = method == Method.RECONSTRUCTION_ITERATOR;
    boolean canonical = method == Method.RECONSTRUCTION_CANONICAL;
    requireOnly(iterator || canonical, method, spec, "--weight", weight);
    requireOnly(iterator, method, spec, "--order", order);
    requireOnly(iterator, method, spec, "--step-cap", stepCap);
    boolean ign = method == Method.IGN;
    requireOnly(ign, method, spec, "--ign-preset", ignPreset);
    requireOnly(ign, method, spec, "--reconstruction-weight", reconstructionWeight);
    requireOnly(ign, method, spec, "--idempotence-weight", idempotenceWeight);
    requireOnly(ign, method, spec, "--tightness-weight", tightnessWeight);
    requireOnly(ign, method, spec, "--clamp-ratio", clampRatio);
    double chosenWeight = weight == null ? Method.DEFAULT_WEIGHT : weight;
    if (iterator) {
      return ReconstructionObjective.iterator(
          chosenWeight,
          IdempotentPolynomial.ofOrder(order == null ? 1 : order),
          stepCap == null ? OptionalDouble.empty() : OptionalDouble.of(stepCap));
    }
    if (canonical) {
      return ReconstructionObjective.canonical(chosenWeight);
    }
    return recipe.objective() instanceof IgnObjective preset
        ? ign(preset, spec)
        : recipe.objective();
  }

  private IgnObjective ign(IgnObjective byImages, CommandSpec spec) {
    IgnObjective preset = byImages;
    if (ignPreset != null) {
      preset = IgnObjective.presets().get(ignPreset);
      if (preset == null) {
        throw unknown(
            spec, "preset of ign", ignPreset, List.copyOf(IgnObjective.presets().keySet()));
      }
    }
    OptionalDouble clamp = preset.clampRatio();
    if (clampRatio != null) {
      clamp = clampRatio == 0 ? OptionalDouble.empty() : OptionalDouble.of(clampRatio);
    }
    return new IgnObjective(
        reconstructionWeight == null ? preset.reconstruction() : reconstructionWeight,
        idempotenceWeight == null ? preset.idempotence() : idempotenceWeight,
        tightnessWeight == null ? preset.tightness() : tightnessWeight,
        preset.distance(),
        clamp);
  }

  private static Normalization normalization(String name, CommandSpec spec) {
    return NORMALIZATIONS.stream()
        .filter(known -> known.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    spec,
                    "normalization",
                    name,
                    NORMALIZATIONS.stream().map(Normalization::label).toList()));
  }

  private static void requireOnly(
      boolean allowed, Method method, CommandSpec spec, String option, @Nullable Object value) {
    if (value != null && !allowed) {
      throw new ParameterException(
          spec.commandLine(), "%s is no option of method %s".formatted(option, method.label()));
    }
  }

  private static ParameterException unknown(
      CommandSpec spec, String kind, String name, List<String> known) {
    return new ParameterException(spec.commandLine(), Suggestions.unknown(kind, name, known));
  }
}
