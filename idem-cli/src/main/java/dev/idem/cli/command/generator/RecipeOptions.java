package dev.idem.cli.command.generator;

import dev.idem.runs.experiment.Experiments.Flag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options that change a preset's recipe. Values are passed on as written: the reader of experiment
 * files checks them.
 */
final class RecipeOptions {

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = {
        "Architecture: mlp (n-512-128-512-n), small or medium (convolutions to 32 or 64 channels, a"
            + " code of 128) or dcgan (as published; for [28, 28, 1] and [64, 64, 3]). Default:"
            + " small; dcgan in paper."
      })
  private @Nullable String network;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "Normalisation of layer outputs: none, batch or group. Default: none; batch in paper.")
  private @Nullable String normalization;

  @Option(
      names = "--noise",
      paramLabel = "NAME",
      description =
          "Distribution of z: white (independent values), spectral (the images' mean power"
              + " spectrum) or covariance (their mean and covariance). Default: covariance; for ign"
              + " in paper white, or spectral for colour images.")
  private @Nullable String noise;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Training steps. Default: 20 in smoke, 1200 in quick, epochs in paper.")
  private @Nullable String steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Batch size: images per step, and as many noise samples. Default: 16 in smoke, 64 in"
              + " quick, 256 in paper.")
  private @Nullable String batch;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Learning rate of Adam (0.5, 0.999). Default: 1e-3; 1e-4 in paper.")
  private @Nullable String rate;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "Height and width that the images of images:DIR are cropped and scaled to, 8 to 512."
              + " Default: 64.")
  private @Nullable String size;

  @Option(names = "--grey", description = "Conversion of the images of images:DIR to greyscale.")
  private boolean grey;

  @Mixin private ObjectiveOptions objectiveOptions = new ObjectiveOptions();

  /** The options given. */
  List<Flag> flags() {
    List<Flag> flags = new ArrayList<>();
    add(flags, "--network", "network.architecture", network);
    add(flags, "--normalization", "network.normalization", normalization);
    add(flags, "--noise", "noise", noise);
    add(flags, "--steps", "plan.steps", steps);
    add(flags, "--batch", "plan.batchSize", batch);
    add(flags, "--rate", "plan.learningRate", rate);
    add(flags, "--size", "data.size", size);
    add(flags, "--grey", "data.grey", grey ? "true" : null);
    flags.addAll(objectiveOptions.flags());
    return flags;
  }

  /** Adds an option if it was given. */
  static void add(List<Flag> flags, String name, String key, @Nullable String value) {
    if (value != null) {
      flags.add(new Flag(key, value, name));
    }
  }
}
