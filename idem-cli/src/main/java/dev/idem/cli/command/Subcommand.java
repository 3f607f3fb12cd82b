package dev.idem.cli.command;

import dev.idem.api.check.Suggestions;
import dev.idem.cli.console.Terminal;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.TextTable;
import dev.idem.figures.evaluation.EvaluationFolder;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.models.classifier.ClassifierModel;
import dev.idem.runs.RunFolder;
import dev.idem.runs.sweep.SweepFolder;
import dev.idem.uses.UseTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What subcommands share: the console, and how they refuse what they are asked for. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExample:%n")
abstract class Subcommand implements Callable<Integer> {

  /** The file of {@code idem compare}. */
  static final String COMPARISON = "comparison.txt";

  /** Results that fill a folder, by a file that each has. */
  private static final Map<String, String> RESULTS = new LinkedHashMap<>();

  static {
    RESULTS.put(RunFolder.EXPERIMENT, "a run");
    RESULTS.put(RunFolder.SEEDS, "runs of several seeds");
    RESULTS.put(SweepFolder.FILE, "a sweep");
    RESULTS.put(EvaluationFolder.CARD, "an evaluation");
    RESULTS.put(GeneratorModel.CARD, "a model");
    RESULTS.put(ClassifierModel.CARD, "a classifier");
    RESULTS.put(COMPARISON, "a comparison");
    RESULTS.put(UseTables.RUNS + ".csv", "a comparison of strategies");
  }

  /** A command line that cannot be carried out; the command ends with exit code 2. */
  static final class UsageException extends IllegalArgumentException {

    @Serial private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }

    UsageException(String message, Throwable cause) {
      super(message, cause);
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

  /** Says a line of a {@link String#format} pattern, numbers as in English. */
  final void print(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** Prints text behind a label, wrapped to the terminal's width. */
  final void entry(String label, int indent, String text) {
    TextTable.wrapped(label, indent, text, Terminal.here().width()).forEach(this::say);
  }

  /** A refusal whose message is of a {@link String#format} pattern. */
  static UsageException usage(String format, Object... values) {
    return new UsageException(String.format(Locale.ROOT, format, values));
  }

  /** A refusal of an option's value, with the nearest of those that are known. */
  static UsageException unknown(String option, String value, List<String> known) {
    String all = String.join(", ", known).replaceFirst(", ([^,]*)$", " or $1");
    return usage("%s (%s) must be %s%s", option, value, all, Suggestions.hint(value, known));
  }

  /** What is asked for; an {@link IllegalArgumentException} is the command line's fault. */
  static <V, X extends Exception> V accepted(Asked<V, X> asked) throws X {
    try {
      return asked.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The folder to write to. */
  static OutputFolder folder(Path path) {
    try {
      return OutputFolder.open(path);
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  static void requirePositive(String option, long value) {
    if (value <= 0) {
      throw usage("%s (%s) must be positive", option, value);
    }
  }

  static void requireAtMost(String option, long value, long most) {
    requirePositive(option, value);
    requireRange(option, value, 1, most);
  }

  static void requireRange(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw usage("%s (%s) must be from %s to %s", option, value, least, most);
    }
  }

  /** Refuses a blank folder, which would be the current one. */
  static void requireNamed(String option, Path folder) {
    if (folder.toString().isBlank()) {
      throw usage("%s ('') must name a folder; '.' is the current one", option);
    }
  }

  /** Refuses an output folder that holds an earlier result of any command, whose files may mix. */
  static void requireFree(Path folder) {
    RESULTS.forEach(
        (file, result) -> {
          if (Files.exists(folder.resolve(file))) {
            throw usage("--out (%s) holds %s already; name another folder", folder, result);
          }
        });
  }
}
