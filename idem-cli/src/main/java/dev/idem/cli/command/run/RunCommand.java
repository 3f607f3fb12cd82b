package dev.idem.cli.command.run;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.experiment.Experiment;
import dev.idem.cli.experiment.ExperimentException;
import dev.idem.cli.experiment.Experiments;
import dev.idem.cli.run.RunFolder;
import dev.idem.cli.run.RunLog;
import dev.idem.runs.checkpoint.RunInterruptedException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an experiment file, or goes on with a run that was interrupted. */
@Command(
    name = "run",
    description = {
      "Run an experiment file in a folder of its own, saved as it goes.",
      "Ctrl-C and SIGTERM save it and end with exit code 130; --resume goes on to the last bit as if it"
          + " had not been interrupted."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EXPERIMENT", arity = "0..1", description = "A YAML file.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides a value of the file, such as plan.learningRate=1e-4; may be repeated.")
  private List<String> overrides = new ArrayList<>();

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
      names = "--print-config",
      description = "Prints the effective file with the origin of each value, and runs nothing.")
  private boolean printConfig;

  @Option(
      names = "--schema",
      description = "Prints the JSON Schema of experiment files, for editors, and runs nothing.")
  private boolean schema;

  @Option(
      names = {"-v", "--verbose"},
      description = "Shows on the console what goes to the run's log.")
  private boolean verbose;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Experiments experiments;
  private final ExperimentRuns runs;

  @Inject
  RunCommand(Experiments experiments, ExperimentRuns runs) {
    this.experiments = experiments;
    this.runs = runs;
  }

  @Override
  public Integer call() throws IOException {
    if (schema) {
      say(experiments.schema());
      return ExitCode.DONE;
    }
    if (verbose) {
      RunLog.showOnConsole();
    }
    try {
      return resume != null ? resumed(resume) : begun();
    } catch (RunInterruptedException interrupted) {
      return ExitCode.INTERRUPTED;
    }
  }

  private int begun() throws IOException {
    if (file == null) {
      throw usage("name an experiment file, or --resume DIR");
    }
    Experiment experiment = read(file);
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
      RunFolder target = new RunFolder(several ? folder.resolve("seed-" + seed) : folder);
      if (target.isRun()) {
        throw usage(
            "%s holds a run already; go on with it by --resume, or name another folder"
                .formatted(target.path()));
      }
    }
    for (long seed : experiment.seeds()) {
      List<String> alone = new ArrayList<>(overrides);
      alone.add("seeds=" + seed);
      Experiment one = read(file, alone);
      Path target = several ? folder.resolve("seed-" + seed) : folder;
      runs.run(one, new RunFolder(target), false, spec);
    }
    return ExitCode.DONE;
  }

  private int resumed(Path path) throws IOException {
    if (file != null || out != null || !overrides.isEmpty() || printConfig) {
      throw usage("--resume takes everything from the run's folder; leave the others out");
    }
    RunFolder folder = new RunFolder(path);
    if (!folder.isRun()) {
      throw usage(
          "--resume (%s) holds no run: %s is missing".formatted(path, RunFolder.EXPERIMENT));
    }
    if (folder.isComplete()) {
      say("%s is complete; nothing to do".formatted(path));
      return ExitCode.DONE;
    }
    Experiment experiment = read(folder.file(RunFolder.EXPERIMENT), List.of());
    runs.run(experiment, folder, true, spec);
    return ExitCode.DONE;
  }

  private Experiment read(Path path) {
    return read(path, overrides);
  }

  private Experiment read(Path path, List<String> set) {
    try {
      return experiments.read(path, set);
    } catch (ExperimentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
