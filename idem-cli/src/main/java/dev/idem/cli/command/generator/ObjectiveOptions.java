package dev.idem.cli.command.generator;

import dev.idem.cli.experiment.Flag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be changed of a method's objective. */
final class ObjectiveOptions {

  @Option(
      names = "--weight",
      paramLabel = "W",
      description =
          "Of the iterator's gradient or the canonical loss, beside a mean squared reconstruction"
              + " error of weight 1. For reconstruction+substituted and reconstruction+canonical."
              + " Default: 0.4.")
  private @Nullable String weight;

  @Option(
      names = "--order",
      paramLabel = "N",
      description =
          "Of the iterator's polynomial, 1 to 10: 1 is the paper's 3K^2 - 2K^3. For"
              + " reconstruction+substituted. Default: 1.")
  private @Nullable String order;

  @Option(
      names = "--step-cap",
      paramLabel = "C",
      description =
          "Shortens the iterator's step to C times the output's norm. For reconstruction+substituted."
              + " Default: no cap.")
  private @Nullable String stepCap;

  @Option(
      names = "--ign-preset",
      paramLabel = "NAME",
      description =
          "Where IGN's weights, distance and clamp come from: ign-mnist or ign-celeba. Default:"
              + " ign-celeba for coloured images, ign-mnist for grey.")
  private @Nullable String ignPreset;

  @Option(
      names = "--reconstruction-weight",
      paramLabel = "W",
      description = "Of IGN's reconstruction, positive. Default: the --ign-preset's.")
  private @Nullable String reconstructionWeight;

  @Option(
      names = "--idempotence-weight",
      paramLabel = "W",
      description = "Of IGN's idempotence, positive. Default: the --ign-preset's.")
  private @Nullable String idempotenceWeight;

  @Option(
      names = "--tightness-weight",
      paramLabel = "W",
      description = "Of IGN's tightness; 0 leaves it out. Default: the --ign-preset's.")
  private @Nullable String tightnessWeight;

  @Option(
      names = "--clamp-ratio",
      paramLabel = "A",
      description =
          "Clamps IGN's tightness at A times the reconstruction, smoothly; 0 for no clamp. Default:"
              + " the --ign-preset's.")
  private @Nullable String clampRatio;

  /** What was given. */
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
