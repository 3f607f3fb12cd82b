package dev.idem.cli.command.generator;

import dev.idem.cli.command.run.ExperimentRuns;
import dev.idem.cli.command.run.RunFolderOptions;
import dev.idem.cli.experiment.Experiments;
import dev.idem.cli.experiment.Flag;
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

/** Trains a generator: a run whose experiment is said in options. */
@Command(
    name = "train",
    description = {
      "Train a generator of images, in a folder of its own that the other commands take as --model.",
      "METHOD is reconstruction+substituted (the paper's substituted gradient beside a reconstruction), ign"
          + " (Shocher et al.'s three losses), reconstruction+canonical (the canonical loss instead) or"
          + " reconstruction (no idempotency, for comparison).",
      "Whatever is not given, the preset decides; --print-config tells what that is, as a file for 'idem"
          + " run'. The run is saved as it goes: after Ctrl-C, SIGTERM or a crash, --resume goes on with"
          + " it to the last bit."
    },
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "METHOD", arity = "0..1", description = "How it is trained, see above.")
  private @Nullable String method;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "mnist (10,000 digits, included), mnist:DIR (the four IDX files), fetched:NAME (what 'idem"
              + " data fetch' brought: mnist or fashion-mnist) or images:DIR (a folder of JPEG or PNG,"
              + " CelebA's layout among them). Default: mnist. With --resume: where the run's data are"
              + " now, if they were moved.")
  private @Nullable String data;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "smoke (seconds: shows that everything runs), quick (minutes) or paper (the published"
              + " networks and epochs; days on a CPU). Default: quick.")
  private @Nullable String preset;

  @Option(
      names = "--seed",
      paramLabel = "N[,N...]",
      description =
          "Every random draw of a run derives from it; several are a run each. Default: 1.")
  private @Nullable String seed;

  @Option(
      names = "--stop-on-collapse",
      description = "End the run when f(z) has collapsed; without it, the run warns and goes on.")
  private boolean stopOnCollapse;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Processor threads to compute on, from 1. The numbers depend on it, in their last places, and"
              + " not on the processors there are. Default: 1.")
  private @Nullable String threads;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, cpu, or gpu:N. Default: auto.")
  private @Nullable String device;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      description =
          "Of matrix products and convolutions, forward and back: float32 or mixed-bfloat16."
              + " Parameters, and all else, are float32 in both. Default: float32.")
  private @Nullable String precision;

  @Option(
      names = "--xla",
      description = "Let XLA, TensorFlow's compiler, compile what it can. Default: no.")
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
