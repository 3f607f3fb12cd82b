package dev.idem.cli.command.generator;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.cli.catalogue.Suggestions;
import dev.idem.cli.command.base.EngineOptions;
import dev.idem.generative.objective.GenerativeObjective;
import dev.idem.generative.objective.IgnObjective;
import dev.idem.generative.objective.ReconstructionObjective;
import dev.idem.generative.recipe.Method;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What may be changed of a method's objective. */
final class ObjectiveOptions {

  /** Beyond, the polynomial's coefficients no longer fit into single precision. */
  private static final int MOST_ORDER = 10;

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

  /**
   * The objective with what was asked for.
   *
   * @throws ParameterException if a name is unknown, a value out of range, or an option not the
   *     method's
   */
  GenerativeObjective applied(GenerativeObjective preset, Method method, CommandSpec spec) {
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
    double chosenWeight = positive(spec, "--weight", weight, Method.DEFAULT_WEIGHT);
    if (iterator) {
      return ReconstructionObjective.iterator(chosenWeight, polynomial(spec), cap(spec));
    }
    if (canonical) {
      return ReconstructionObjective.canonical(chosenWeight);
    }
    return preset instanceof IgnObjective byImages ? ign(byImages, spec) : preset;
  }

  private IdempotentPolynomial polynomial(CommandSpec spec) {
    if (order == null) {
      return IdempotentPolynomial.cubic();
    }
    EngineOptions.requireRange(spec, "--order", order, MOST_ORDER);
    return IdempotentPolynomial.ofOrder(order);
  }

  private OptionalDouble cap(CommandSpec spec) {
    return stepCap == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(EngineOptions.requirePositive(spec, "--step-cap", stepCap));
  }

  private IgnObjective ign(IgnObjective byImages, CommandSpec spec) {
    IgnObjective preset = byImages;
    if (ignPreset != null) {
      preset = IgnObjective.presets().get(ignPreset);
      if (preset == null) {
        throw new ParameterException(
            spec.commandLine(),
            Suggestions.unknown(
                "preset of ign", ignPreset, List.copyOf(IgnObjective.presets().keySet())));
      }
    }
    return new IgnObjective(
        positive(spec, "--reconstruction-weight", reconstructionWeight, preset.reconstruction()),
        positive(spec, "--idempotence-weight", idempotenceWeight, preset.idempotence()),
        tightness(spec, preset),
        preset.distance(),
        clamp(spec, preset));
  }

  private double tightness(CommandSpec spec, IgnObjective preset) {
    return tightnessWeight != null && tightnessWeight == 0
        ? 0
        : positive(spec, "--tightness-weight", tightnessWeight, preset.tightness());
  }

  private OptionalDouble clamp(CommandSpec spec, IgnObjective preset) {
    if (clampRatio == null) {
      return preset.clampRatio();
    }
    return clampRatio == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(EngineOptions.requirePositive(spec, "--clamp-ratio", clampRatio));
  }

  private static double positive(
      CommandSpec spec, String option, @Nullable Double value, double otherwise) {
    return value == null ? otherwise : EngineOptions.requirePositive(spec, option, value);
  }

  private static void requireOnly(
      boolean allowed, Method method, CommandSpec spec, String option, @Nullable Object value) {
    if (value != null && !allowed) {
      throw new ParameterException(
          spec.commandLine(), "%s is no option of method %s".formatted(option, method.label()));
    }
  }
}
