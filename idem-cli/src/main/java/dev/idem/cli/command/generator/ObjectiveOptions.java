package dev.idem.cli.command.generator;

import dev.idem.runs.experiment.Experiments.Flag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that change a method's objective. */
final class ObjectiveOptions {

  @Option(
      names = "--weight",
      paramLabel = "W",
      description =
          "Weight of the substituted gradient or the canonical loss, beside a mean squared"
              + " reconstruction error of weight 1. For reconstruction+substituted and"
              + " reconstruction+canonical. Default: 0.4.")
  private @Nullable String weight;

  @Option(
      names = "--order",
      paramLabel = "N",
      description =
          "Order of the iterator's polynomial, 1 to 10: 1 is the paper's 3K^2 - 2K^3. For"
              + " reconstruction+substituted. Default: 1.")
  private @Nullable String order;

  @Option(
      names = "--step-cap",
      paramLabel = "C",
      description =
          "Cap of the iterator's step, C times the output's norm. For reconstruction+substituted."
              + " Default: no cap.")
  private @Nullable String stepCap;

  @Option(
      names = "--ign-preset",
      paramLabel = "NAME",
      description =
          "Preset of IGN's weights, distance and clamp: ign-mnist or ign-celeba. Default:"
              + " ign-celeba for colour images, ign-mnist for greyscale.")
  private @Nullable String ignPreset;

  @Option(
      names = "--reconstruction-weight",
      paramLabel = "W",
      description = "Weight of IGN's reconstruction, positive. Default: the --ign-preset's.")
  private @Nullable String reconstructionWeight;

  @Option(
      names = "--idempotence-weight",
      paramLabel = "W",
      description = "Weight of IGN's idempotence, positive. Default: the --ign-preset's.")
  private @Nullable String idempotenceWeight;

  @Option(
      names = "--tightness-weight",
      paramLabel = "W",
      description = "Weight of IGN's tightness; 0 omits it. Default: the --ign-preset's.")
  private @Nullable String tightnessWeight;

  @Option(
      names = "--clamp-ratio",
      paramLabel = "A",
      description =
          "Smooth clamp of IGN's tightness at A times the reconstruction; 0 for no clamp. Default:"
              + " the --ign-preset's.")
  private @Nullable String clampRatio;

  /** The options given. */
  List<Flag> flags() {
    List<Flag> flags = new ArrayList<>();
    RecipeOptions.add(flags, "--weight", "strategy.weight", weight);
    RecipeOptions.add(flags, "--order", "strategy.order", order);
    RecipeOptions.add(flags, "--step-cap", "strategy.stepCap", stepCap);
    RecipeOptions.add(flags, "--ign-preset", "strategy.ignPreset", ignPreset);
    RecipeOptions.add(
        flags, "--reconstruction-weight", "strategy.reconstructionWeight", reconstructionWeight);
    RecipeOptions.add(
        flags, "--idempotence-weight", "strategy.idempotenceWeight", idempotenceWeight);
    RecipeOptions.add(flags, "--tightness-weight", "strategy.tightnessWeight", tightnessWeight);
    RecipeOptions.add(flags, "--clamp-ratio", "strategy.clampRatio", clampRatio);
    return flags;
  }
}
