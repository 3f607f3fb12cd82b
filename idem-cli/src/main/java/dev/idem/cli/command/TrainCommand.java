package dev.idem.cli.command;

import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Experiments.Flag;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a generator: a run whose experiment is given by options. */
@Command(
    name = "train",
    description = {
      "Train an image generator in a folder of its own, which other commands take as --model.",
      "METHOD is reconstruction+substituted (the paper's substituted gradient plus a"
          + " reconstruction loss), ign (Shocher et al.'s three losses), reconstruction+canonical"
          + " (the canonical loss instead) or reconstruction (no idempotency, for comparison).",
      "Everything that is not given comes from the preset; --print-config shows it as a file for"
          + " 'idem run'. The run saves checkpoints: after Ctrl-C, SIGTERM or a crash, --resume"
          + " continues it to a bit-identical result."
    },
    footer = {
      "  idem train reconstruction+substituted --preset smoke --out digits",
      "  idem train --resume digits"
    })
final class TrainCommand extends RunCommand {

  private static final String DATA = "--data";

  /**
   * An option that stands for a key of experiment files, whose reader checks its value.
   *
   * @param form its name, with the label of its value unless the option alone makes the key true
   */
  private record KeyOption(String form, String key, String description) {

    String name() {
      return form.split("=", 2)[0];
    }

    OptionSpec spec() {
      OptionSpec.Builder spec = OptionSpec.builder(name()).description(description);
      return form.equals(name())
          ? spec.type(boolean.class).arity("0").build()
          : spec.type(String.class).arity("1").paramLabel(form.split("=", 2)[1]).build();
    }
  }

  private static final List<KeyOption> KEY_OPTIONS =
      List.of(
          new KeyOption(
              "--preset=NAME",
              "preset",
              "Preset: smoke (seconds: shows that everything runs), quick (minutes) or paper (the"
                  + " published networks and epochs; days on a CPU). Default: quick."),
          new KeyOption(
              DATA + "=DATA",
              "data.source",
              "Data set: mnist (10,000 digits, included), mnist:DIR (the four IDX files),"
                  + " fetched:NAME (from 'idem data fetch': mnist or fashion-mnist) or images:DIR"
                  + " (a folder of JPEG or PNG files, such as CelebA). Default: mnist. With"
                  + " --resume: the new location of the run's data, if they were moved."),
          new KeyOption(
              "--seed=N[,N...]",
              "seeds",
              "Seed of every random draw of a run; several seeds give one run each. Default: 1."),
          new KeyOption(
              "--stop-on-collapse",
              "run.stopOnCollapse",
              "Stop when f(z) has collapsed; otherwise the run warns and continues. Default for ign in"
                  + " quick; --set run.stopOnCollapse=false turns it off."),
          new KeyOption(
              "--threads=N",
              "engine.threads",
              "Processor threads to compute on, from 1. Results depend on it through rounding, not"
                  + " on the number of processors. Default: 1."),
          new KeyOption(
              "--device=DEVICE", "engine.device", "Device: auto, cpu or gpu:N. Default: auto."),
          new KeyOption(
              "--precision=PRECISION",
              "engine.precision",
              "Precision of matrix products and convolutions, forward and backward: float32 or"
                  + " mixed-bfloat16. Parameters and all else stay float32. Default: float32."),
          new KeyOption(
              "--xla",
              "engine.xla",
              "XLA compilation, by TensorFlow's compiler, where possible. Default: off."),
          new KeyOption(
              "--network=NAME",
              "network.architecture",
              "Architecture: mlp (n-512-128-512-n), small or medium (convolutions to 32 or 64"
                  + " channels, a code of 128) or dcgan (as published; for [28, 28, 1] and [64, 64,"
                  + " 3]). Default: small; dcgan in paper."),
          new KeyOption(
              "--normalization=NAME",
              "network.normalization",
              "Normalisation of layer outputs: none, batch or group. Default: none; batch for"
                  + " ign and in paper."),
          new KeyOption(
              "--noise=NAME",
              "noise",
              "Distribution of z: white (independent values), spectral (the images' mean power"
                  + " spectrum) or covariance (their mean and covariance). Default: covariance; for"
                  + " ign white, or spectral for colour images."),
          new KeyOption(
              "--steps=N",
              "plan.steps",
              "Training steps. Default: 20 in smoke, 1200 in quick, epochs in paper."),
          new KeyOption(
              "--batch=N",
              "plan.batchSize",
              "Batch size: images per step, and as many noise samples. Default: 16 in smoke, 64 in"
                  + " quick, 256 in paper."),
          new KeyOption(
              "--rate=RATE",
              "plan.learningRate",
              "Learning rate of Adam (0.5, 0.999). Default: 1e-3; 1e-4 in paper."),
          new KeyOption(
              "--size=PIXELS",
              "data.size",
              "Height and width that the images of images:DIR are cropped and scaled to, 8 to 512."
                  + " Default: 64."),
          new KeyOption(
              "--grey", "data.grey", "Conversion of the images of images:DIR to greyscale."),
          new KeyOption(
              "--weight=W",
              "strategy.weight",
              "Weight of the substituted gradient or the canonical loss, beside a mean squared"
                  + " reconstruction error of weight 1. For reconstruction+substituted and"
                  + " reconstruction+canonical. Default: 0.4."),
          new KeyOption(
              "--order=N",
              "strategy.order",
              "Order of the iterator's polynomial, 1 to 10: 1 is the paper's 3K^2 - 2K^3. For"
                  + " reconstruction+substituted. Default: 1."),
          new KeyOption(
              "--step-cap=C",
              "strategy.stepCap",
              "Cap of the iterator's step, C times the output's norm. For"
                  + " reconstruction+substituted. Default: no cap."),
          new KeyOption(
              "--ign-preset=NAME",
              "strategy.ignPreset",
              "Preset of IGN's weights, distance, clamp and margin: ign-mnist (this project's,"
                  + " measured), ign-reimplemented (weights of re-implementers on MNIST) or"
                  + " ign-celeba (as published). Default: ign-celeba for colour images, else"
                  + " ign-mnist, or ign-reimplemented in paper."),
          new KeyOption(
              "--reconstruction-weight=W",
              "strategy.reconstructionWeight",
              "Weight of IGN's reconstruction, positive. Default: the --ign-preset's."),
          new KeyOption(
              "--idempotence-weight=W",
              "strategy.idempotenceWeight",
              "Weight of IGN's idempotence, positive. Default: the --ign-preset's."),
          new KeyOption(
              "--tightness-weight=W",
              "strategy.tightnessWeight",
              "Weight of IGN's tightness; 0 omits it. Default: the --ign-preset's."),
          new KeyOption(
              "--clamp-ratio=A",
              "strategy.clampRatio",
              "Smooth clamp of IGN's tightness at A times the reconstruction; 0 for no clamp."
                  + " Default: the --ign-preset's."),
          new KeyOption(
              "--tightness-margin=M",
              "strategy.tightnessMargin",
              "Residual D(f(y), y) beyond which IGN's tightness stops pushing a sample; 0 for no"
                  + " margin. Default: the --ign-preset's."));

  @Parameters(paramLabel = "METHOD", arity = "0..1", description = "Training method, see above.")
  private @Nullable String method;

  @Inject
  TrainCommand(Experiments experiments, Runs runs) {
    super(experiments, runs);
  }

  @Spec
  void addKeyOptions(CommandSpec spec) {
    KEY_OPTIONS.forEach(option -> spec.addOption(option.spec()));
  }

  @Override
  public Integer call() throws IOException {
    List<Flag> flags = new ArrayList<>();
    if (method != null) {
      flags.add(new Flag("method", method, "METHOD"));
    }
    for (KeyOption option : KEY_OPTIONS) {
      Object value = line().getParseResult().matchedOptionValue(option.name(), null);
      if (value != null && !value.equals(false)) {
        flags.add(new Flag(option.key(), value.toString(), option.name()));
      }
    }
    String data = line().getParseResult().matchedOptionValue(DATA, null);
    boolean moved = data != null && flags.size() == 1 && resumes();
    return start(
        flags.isEmpty() || moved ? null : overrides -> experiments.of(flags, overrides),
        String.valueOf(method),
        "name a METHOD, or --resume DIR",
        data);
  }
}
