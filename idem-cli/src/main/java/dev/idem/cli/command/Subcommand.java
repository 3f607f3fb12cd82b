package dev.idem.cli.command;

import dev.idem.figures.OutputFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What subcommands share: the console, and how they refuse what they are asked for. */
@Command(mixinStandardHelpOptions = true)
abstract class Subcommand implements Callable<Integer> {

  /** A command line that cannot be carried out; the command ends with exit code 2. */
  static final class UsageException extends IllegalArgumentException {

    @Serial private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  /**
   * What may be refused.
   *
   * @param <V> what it gives
   * @param <X> what else it throws
   */
  @FunctionalInterface
  interface Asked<V, X extends Exception> {
    V get() throws X;
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  final CommandLine line() {
    return spec.commandLine();
  }

  final PrintWriter out() {
    return line().getOut();
  }

  final void say(String line) {
    out().println(line);
    out().flush();
  }

  /** What is asked for; an {@link IllegalArgumentException} is the command line's fault. */
  static <V, X extends Exception> V accepted(Asked<V, X> asked) throws X {
    try {
      return asked.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The folder to write to. */
  static OutputFolder folder(Path path) {
    try {
      return OutputFolder.open(path);
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  static void require(boolean condition, String message, @Nullable Object... values) {
    if (!condition) {
      throw new UsageException(String.format(Locale.ROOT, message, values));
    }
  }

  static void requirePositive(String option, long value) {
    require(value > 0, "%s (%s) must be positive", option, value);
  }

  static void requireAtMost(String option, long value, long most) {
    requirePositive(option, value);
    requireRange(option, value, 1, most);
  }

  static void requireRange(String option, long value, long least, long most) {
    require(
        value >= least && value <= most,
        "%s (%s) must be from %s to %s",
        option,
        value,
        least,
        most);
  }

  /** Refuses a blank folder, which would be the current one. */
  static void requireNamed(String option, Path folder) {
    require(
        !folder.toString().isBlank(), "%s ('') must name a folder; '.' is the current one", option);
  }
}
