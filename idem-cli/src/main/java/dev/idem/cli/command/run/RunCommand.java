package dev.idem.cli.command.run;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.runs.experiment.Experiments;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an experiment file, or resumes an interrupted run. */
@Command(
    name = "run",
    description = {
      "Run an experiment file in a folder of its own, saving checkpoints.",
      "Ctrl-C and SIGTERM save the run and end with exit code 130; --resume continues it, to the"
          + " same bits as without the interruption.",
      "A second Ctrl-C ends it at once, without saving."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EXPERIMENT", arity = "0..1", description = "Experiment file, in YAML.")
  private @Nullable Path file;

  @Option(
      names = "--schema",
      description = "Print the JSON Schema of experiment files, for editors, without running.")
  private boolean schema;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "New location of the data of a generator's run, such as images:DIR, if they were moved;"
              + " they must be the same. For --resume.")
  private @Nullable String data;

  @Mixin private RunFolderOptions folderOptions = new RunFolderOptions();

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
      spec.commandLine().getOut().println(experiments.schema());
      spec.commandLine().getOut().flush();
      return ExitCode.DONE;
    }
    Path named = file;
    if (named != null && named.toString().isBlank()) {
      throw new ParameterException(spec.commandLine(), "EXPERIMENT ('') must name a file");
    }
    if (data != null && !folderOptions.resumes()) {
      throw new ParameterException(
          spec.commandLine(),
          "--data (%s) is for --resume; a new run takes --set data.source=%s"
              .formatted(data, data));
    }
    return folderOptions.call(
        named == null ? null : overrides -> experiments.read(named, overrides),
        "name an experiment file, or --resume DIR",
        data,
        experiments,
        runs);
  }
}
