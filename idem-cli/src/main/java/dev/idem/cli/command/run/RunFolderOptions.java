package dev.idem.cli.command.run;

import dev.idem.api.training.DivergenceException;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.runs.RunFolder;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.ExperimentException;
import dev.idem.runs.experiment.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts runs in folders of their own, or resumes one: shared by all commands that run. */
public final class RunFolderOptions {

  /** The experiment that a command line asks for. */
  @FunctionalInterface
  public interface Reading {
    /**
     * Reads it.
     *
     * @param overrides each {@code KEY=VALUE}; the later wins
     * @throws ExperimentException if it cannot be run
     */
    Experiment read(List<String> overrides);
  }

  /** The run of one seed. */
  @FunctionalInterface
  private interface SeedRun {
    void run(long seed) throws IOException;
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the run; must not hold one. Several seeds get a subfolder each.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Folder of the run to resume, or of the runs of several seeds; each continues from its"
              + " newest intact checkpoint.")
  private @Nullable Path resume;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Value of the experiment to set or override, such as plan.learningRate=1e-4 or"
              + " run.listeners=csv,tensorboard; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--print-config",
      description = "Print the effective file with the origin of each value, without running.")
  private boolean printConfig;

  @Mixin private ConsoleOptions console = new ConsoleOptions();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * Starts or resumes the runs of the command line.
   *
   * @param reading reads the experiment to start; null if the command line names none
   * @param missing the error message in that case
   * @param data new location of the images of the run to resume; null if unchanged
   * @return the exit code
   */
  public int call(
      @Nullable Reading reading,
      String missing,
      @Nullable String data,
      Experiments experiments,
      ExperimentRuns runs)
      throws IOException {
    console.apply();
    try {
      if (resume == null) {
        if (reading == null) {
          throw usage(missing);
        }
        return begun(reading, runs);
      }
      if (reading != null || out != null || !overrides.isEmpty() || printConfig) {
        throw usage(
            "--resume takes everything from the run's folder; omit all other options, except --data"
                + " if the data were moved");
      }
      return resumed(resume, data, experiments, runs);
    } catch (ExperimentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private int begun(Reading reading, ExperimentRuns runs) throws IOException {
    Experiment experiment = reading.read(overrides);
    if (printConfig) {
      say(experiment.settings().print().stripTrailing());
      return ExitCode.DONE;
    }
    Path named = out != null ? out : experiment.run().folder().orElse(null);
    if (named == null) {
      throw usage("name a folder for the run: --out DIR, or run.out in the file");
    }
    requireNamed("--out", named);
    RunFolder folder = new RunFolder(named);
    requireFree(folder);
    if (experiment.seeds().size() == 1) {
      runs.begin(experiment, folder, console.quiet(), spec);
      return ExitCode.DONE;
    }
    for (long seed : experiment.seeds()) {
      requireFree(folder.ofSeed(seed));
    }
    folder.makeOfSeeds(experiment.settings().print());
    try {
      return each(
          experiment.seeds(),
          seed ->
              runs.begin(
                  reading.read(alone(overrides, seed)),
                  folder.ofSeed(seed),
                  console.quiet(),
                  spec));
    } catch (IOException | RuntimeException | Error e) {
      if (experiment.seeds().stream().noneMatch(seed -> folder.ofSeed(seed).isRun())) {
        Files.deleteIfExists(folder.file(RunFolder.SEEDS));
      }
      throw e;
    }
  }

  /** Runs one seed after the other; if one diverges, that is reported and the others still run. */
  private int each(List<Long> seeds, SeedRun one) throws IOException {
    int exitCode = ExitCode.DONE;
    for (long seed : seeds) {
      try {
        one.run(seed);
      } catch (DivergenceException e) {
        spec.commandLine().getErr().println("idem: seed %s: %s".formatted(seed, e.getMessage()));
        exitCode = ExitCode.FAILED;
      }
    }
    return exitCode;
  }

  private static List<String> alone(List<String> overrides, long seed) {
    List<String> alone = new ArrayList<>(overrides);
    alone.add("seeds=" + seed);
    return alone;
  }

  private void requireFree(RunFolder folder) {
    Path path = folder.path();
    if (folder.isRun() || folder.isOfSeeds()) {
      throw usage(
          "%s already holds %s; resume %s with --resume, or name another folder"
              .formatted(
                  path,
                  folder.isRun() ? "a run" : "runs of several seeds",
                  folder.isRun() ? "it" : "them"));
    }
    if (Files.exists(folder.file(GeneratorModel.CARD))) {
      throw usage("%s holds a model already; name another folder".formatted(path));
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw usage("%s is a file; name a folder".formatted(path));
    }
  }

  private void requireNamed(String option, Path path) {
    if (path.toString().isBlank()) {
      throw usage("%s ('') must name a folder; '.' is the current one".formatted(option));
    }
  }

  /** Whether a run is to be resumed. */
  public boolean resumes() {
    return resume != null;
  }

  private int resumed(
      Path path, @Nullable String data, Experiments experiments, ExperimentRuns runs)
      throws IOException {
    requireNamed("--resume", path);
    RunFolder folder = new RunFolder(path);
    if (folder.isRun()) {
      resume(folder, data, runs);
      return ExitCode.DONE;
    }
    if (!folder.isOfSeeds()) {
      throw usage(
          "--resume (%s) holds no run: %s is missing".formatted(path, RunFolder.EXPERIMENT));
    }
    return resumeSeeds(folder, data, experiments, runs);
  }

  /** Resumes each that has started, and starts the others. */
  private int resumeSeeds(
      RunFolder folder, @Nullable String data, Experiments experiments, ExperimentRuns runs)
      throws IOException {
    Path file = folder.file(RunFolder.SEEDS);
    List<String> moved = data == null ? List.of() : List.of("data.source=" + data);
    return each(
        experiments.read(file, List.of()).seeds(),
        seed -> {
          RunFolder one = folder.ofSeed(seed);
          if (one.isRun()) {
            resume(one, data, runs);
          } else {
            runs.begin(experiments.read(file, alone(moved, seed)), one, console.quiet(), spec);
          }
        });
  }

  private void resume(RunFolder folder, @Nullable String data, ExperimentRuns runs)
      throws IOException {
    if (folder.isComplete()) {
      say("%s is complete; nothing to do".formatted(folder.path()));
      return;
    }
    runs.resume(folder, data, console.quiet(), spec);
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
