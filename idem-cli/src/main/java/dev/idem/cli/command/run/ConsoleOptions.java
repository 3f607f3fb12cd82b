package dev.idem.cli.command.run;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbosity of a run on the console. */
final class ConsoleOptions {

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the run's log on the console.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress, only warnings and the outcome of the run.")
  private boolean quiet;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Applies the options; must be called before anything is logged. */
  void apply() {
    if (verbose && quiet) {
      throw new ParameterException(
          spec.commandLine(), "--verbose and --quiet exclude one another; keep one");
    }
    if (verbose) {
      RunLog.showOnConsole();
    }
  }

  boolean quiet() {
    return quiet;
  }
}
