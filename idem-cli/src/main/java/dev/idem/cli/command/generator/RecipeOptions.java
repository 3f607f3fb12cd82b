package dev.idem.cli.command.generator;

import dev.idem.cli.experiment.Flag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What may be changed of a preset's recipe. Values are taken as they are written: the reader of
 * experiment files checks them.
 */
final class RecipeOptions {

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = {
        "mlp (n-512-128-512-n), small or medium (convolutions to 32 or 64 channels, a code of 128) or dcgan"
            + " (the published one; for [28, 28, 1] and [64, 64, 3]). Default: small; dcgan in paper."
      })
  private @Nullable String network;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "How layers normalise their outputs: none, batch or group. Default: none; batch in paper.")
  private @Nullable String normalization;

  @Option(
      names = "--noise",
      paramLabel = "NAME",
      description =
          "Where z comes from: white (independent numbers), spectral (the images' mean power"
              + " spectrum) or covariance (their mean and covariance). Default: covariance; for ign in"
              + " paper white, or spectral if the images are coloured.")
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
          "Images a step, and as many samples of noise. Default: 16 in smoke, 64 in quick, 256 in"
              + " paper.")
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
          "Height and width that the images of images:DIR are cut and scaled to, 8 to 512."
              + " Default: 64.")
  private @Nullable String size;

  @Option(names = "--grey", description = "Take the images of images:DIR as grey.")
  private boolean grey;

  @Mixin private ObjectiveOptions objectiveOptions = new ObjectiveOptions();

  /** What was given. */
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

  /** Notes an option if it was given. */
  static void add(List<Flag> flags, String name, String key, @Nullable String value) {
    if (value != null) {
      flags.add(new Flag(key, value, name));
    }
  }
}
