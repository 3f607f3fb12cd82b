package dev.idem.cli.command.run;

import dev.idem.cli.run.RunLog;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a run says on the console. */
final class ConsoleOptions {

  @Option(
      names = {"-v", "--verbose"},
      description = "Shows on the console what goes to the run's log.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Shows no progress; warnings and how the run ended remain.")
  private boolean quiet;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** To be called before anything is logged. */
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
