package dev.idem.bench;

import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** Benchmarks of idem; {@code idem-bench/bench} starts it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {CompareCommand.class, ProfileCommand.class, GrowthCommand.class, Worker.class},
    description = "Measure idem's training step. JMH's benchmarks: bench jmh [JMH's options].")
public final class Bench {

  private Bench() {}

  /** Bad input to a command. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** Refuses bad input. */
  static void require(boolean condition, String option, Object value, String needed) {
    if (!condition) {
      throw new Refused("%s (%s) must be %s".formatted(option, value, needed));
    }
  }

  /** Runs the command and exits with its code: 0 done, 1 failed, 2 bad usage. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Bench())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Bench::badUsage)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof Refused) {
                command.getErr().println("bench: " + failure.getMessage());
                return ExitCode.USAGE;
              }
              if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
                command.getErr().println("bench: " + failure.getMessage());
                return ExitCode.SOFTWARE;
              }
              throw failure;
            })
        .execute(arguments);
  }

  private static int badUsage(ParameterException failure, String[] arguments) {
    failure.getCommandLine().getErr().println("bench: " + failure.getMessage());
    return ExitCode.USAGE;
  }
}
