package dev.idem.cli.command.run;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.experiment.Experiments;
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

/** Runs an experiment file, or goes on with a run that was interrupted. */
@Command(
    name = "run",
    description = {
      "Run an experiment file in a folder of its own, saved as it goes.",
      "Ctrl-C and SIGTERM save it and end with exit code 130; --resume goes on to the last bit as if it"
          + " had not been interrupted.",
      "A second Ctrl-C ends it at once, without saving."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EXPERIMENT", arity = "0..1", description = "A YAML file.")
  private @Nullable Path file;

  @Option(
      names = "--schema",
      description = "Prints the JSON Schema of experiment files, for editors, and runs nothing.")
  private boolean schema;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "With --resume: where the data of a generator's run are now, such as images:DIR, if they"
              + " were moved; they must be the same.")
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
