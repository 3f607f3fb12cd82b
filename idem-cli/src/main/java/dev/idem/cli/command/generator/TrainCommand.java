package dev.idem.cli.command.generator;

import dev.idem.cli.command.run.ExperimentRuns;
import dev.idem.cli.command.run.RunFolderOptions;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Experiments.Flag;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "METHOD", arity = "0..1", description = "Training method, see above.")
  private @Nullable String method;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "Data set: mnist (10,000 digits, included), mnist:DIR (the four IDX files), fetched:NAME"
              + " (from 'idem data fetch': mnist or fashion-mnist) or images:DIR (a folder of JPEG"
              + " or PNG files, such as CelebA). Default: mnist. With --resume: the new location of"
              + " the run's data, if they were moved.")
  private @Nullable String data;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "Preset: smoke (seconds: shows that everything runs), quick (minutes) or paper (the"
              + " published networks and epochs; days on a CPU). Default: quick.")
  private @Nullable String preset;

  @Option(
      names = "--seed",
      paramLabel = "N[,N...]",
      description =
          "Seed of every random draw of a run; several seeds give one run each. Default: 1.")
  private @Nullable String seed;

  @Option(
      names = "--stop-on-collapse",
      description = "Stop when f(z) has collapsed; otherwise the run warns and continues.")
  private boolean stopOnCollapse;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Processor threads to compute on, from 1. Results depend on it through rounding, not"
              + " on the number of processors. Default: 1.")
  private @Nullable String threads;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Device: auto, cpu or gpu:N. Default: auto.")
  private @Nullable String device;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      description =
          "Precision of matrix products and convolutions, forward and backward: float32 or"
              + " mixed-bfloat16. Parameters and all else stay float32. Default: float32.")
  private @Nullable String precision;

  @Option(
      names = "--xla",
      description = "XLA compilation, by TensorFlow's compiler, where possible. Default: off.")
  private boolean xla;

  @Mixin private RecipeOptions recipeOptions = new RecipeOptions();
  @Mixin private RunFolderOptions folderOptions = new RunFolderOptions();

  private final Experiments experiments;
  private final ExperimentRuns runs;

  @Inject
  TrainCommand(Experiments experiments, ExperimentRuns runs) {
    this.experiments = experiments;
    this.runs = runs;
  }

  @Override
  public Integer call() throws IOException {
    List<Flag> flags = flags();
    boolean moved = data != null && flags.size() == 1 && folderOptions.resumes();
    return folderOptions.call(
        flags.isEmpty() || moved ? null : overrides -> experiments.of(flags, overrides),
        "name a METHOD, or --resume DIR",
        data,
        experiments,
        runs);
  }

  private List<Flag> flags() {
    List<Flag> flags = new ArrayList<>();
    RecipeOptions.add(flags, "METHOD", "method", method);
    RecipeOptions.add(flags, "--preset", "preset", preset);
    RecipeOptions.add(flags, "--data", "data.source", data);
    RecipeOptions.add(flags, "--seed", "seeds", seed);
    RecipeOptions.add(
        flags, "--stop-on-collapse", "run.stopOnCollapse", stopOnCollapse ? "true" : null);
    RecipeOptions.add(flags, "--threads", "engine.threads", threads);
    RecipeOptions.add(flags, "--device", "engine.device", device);
    RecipeOptions.add(flags, "--precision", "engine.precision", precision);
    RecipeOptions.add(flags, "--xla", "engine.xla", xla ? "true" : null);
    flags.addAll(recipeOptions.flags());
    return flags;
  }
}
