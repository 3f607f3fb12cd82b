package dev.idem.cli.command.run;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.experiment.Experiment;
import dev.idem.cli.experiment.ExperimentException;
import dev.idem.cli.experiment.Experiments;
import dev.idem.cli.run.RunFolder;
import dev.idem.generative.model.ModelFolder;
import dev.idem.runs.checkpoint.RunInterruptedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Begins runs in folders of their own, or goes on with one: what all commands that run share. */
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

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the run; must not hold one. Several seeds have a folder each in it.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Goes on with the run of this folder, from its newest intact checkpoint.")
  private @Nullable Path resume;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets or overrides a value of the experiment, such as plan.learningRate=1e-4 or"
              + " run.listeners=csv,tensorboard; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--print-config",
      description = "Prints the effective file with the origin of each value, and runs nothing.")
  private boolean printConfig;

  @Mixin private ConsoleOptions console = new ConsoleOptions();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * Does what was asked for.
   *
   * @param reading what to begin; null if the command line names nothing
   * @param missing says what to name then
   * @return the exit code
   */
  public int call(
      @Nullable Reading reading, String missing, Experiments experiments, ExperimentRuns runs)
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
        throw usage("--resume takes everything from the run's folder; leave the others out");
      }
      return resumed(resume, experiments, runs);
    } catch (ExperimentException e) {
      throw usage(String.valueOf(e.getMessage()));
    } catch (RunInterruptedException interrupted) {
      return ExitCode.INTERRUPTED;
    }
  }

  private int begun(Reading reading, ExperimentRuns runs) throws IOException {
    Experiment experiment = reading.read(overrides);
    if (printConfig) {
      say(experiment.settings().print());
      return ExitCode.DONE;
    }
    Path folder = out != null ? out : experiment.run().out().orElse(null);
    if (folder == null) {
      throw usage("name a folder for the run: --out DIR, or run.out in the file");
    }
    boolean several = experiment.seeds().size() > 1;
    for (long seed : experiment.seeds()) {
      requireFree(several ? folder.resolve("seed-" + seed) : folder);
    }
    for (long seed : experiment.seeds()) {
      List<String> alone = new ArrayList<>(overrides);
      alone.add("seeds=" + seed);
      Experiment one = several ? reading.read(alone) : experiment;
      Path target = several ? folder.resolve("seed-" + seed) : folder;
      runs.run(one, new RunFolder(target), false, console.quiet(), spec);
    }
    return ExitCode.DONE;
  }

  private void requireFree(Path target) {
    if (new RunFolder(target).isRun()) {
      throw usage(
          "%s holds a run already; go on with it by --resume, or name another folder"
              .formatted(target));
    }
    if (Files.exists(target.resolve(ModelFolder.CARD))) {
      throw usage("%s holds a model already; name another folder".formatted(target));
    }
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw usage("%s is a file; name a folder".formatted(target));
    }
  }

  private int resumed(Path path, Experiments experiments, ExperimentRuns runs) throws IOException {
    RunFolder folder = new RunFolder(path);
    if (!folder.isRun()) {
      throw usage(
          "--resume (%s) holds no run: %s is missing".formatted(path, RunFolder.EXPERIMENT));
    }
    if (folder.isComplete()) {
      say("%s is complete; nothing to do".formatted(path));
      return ExitCode.DONE;
    }
    Optional<String> missing = runs.missingPlugin(folder);
    if (missing.isPresent()) {
      throw usage(missing.get());
    }
    Experiment experiment = experiments.read(folder.file(RunFolder.EXPERIMENT), List.of());
    runs.run(experiment, folder, true, console.quiet(), spec);
    return ExitCode.DONE;
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
