package dev.idem.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.idem.cli.command.IdemCommand;
import dev.idem.cli.command.IdemModule;
import dev.idem.cli.console.StandardOutput;
import dev.idem.cli.environment.Failures;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.cli.plugin.Plugins;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** The {@code idem} command. */
public final class Main {

  /** Commands and options that work even if the plug-ins cannot be found. */
  private static final Set<String> ALWAYS = Set.of("--help", "-h", "--version", "-V", "devices");

  private static final List<String> LEVELS =
      List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

  /** What Java makes of bytes that the locale has no character for. */
  private static final char UNKNOWN = '\ufffd';

  private Main() {}

  /** Runs the command and exits with its code: 0 done, 1 failed run, 2 bad usage. */
  public static void main(String[] arguments) {
    // Libraries that draw and print format numbers in the default locale.
    Locale.setDefault(Locale.ROOT);
    PrintWriter err = console(System.err);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> err.println("idem: " + Failures.describe(failure)));
    System.exit(run(console(new StandardOutput()), err, arguments));
  }

  private static PrintWriter console(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * Runs the command on these streams, which flush each line, and returns its exit code. A command
   * whose output could not be printed has failed.
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    int exitCode;
    try {
      exitCode = executed(out, err, arguments);
    } catch (RuntimeException | Error e) {
      err.println("idem: " + Failures.describe(e));
      exitCode = ExitCode.SOFTWARE;
    }
    if (out.checkError()) {
      err.println("idem: standard output cannot be written (is its disk full?)");
      return exitCode == ExitCode.OK ? ExitCode.SOFTWARE : exitCode;
    }
    return exitCode;
  }

  /** What is wrong with IDEM_LOG, which Logback would read as DEBUG. */
  static Optional<String> unknownLevel(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("IDEM_LOG"))
        .filter(level -> !LEVELS.contains(level.toUpperCase(Locale.ROOT)))
        .map(
            level -> "IDEM_LOG (%s) must be one of %s".formatted(level, String.join(", ", LEVELS)));
  }

  private static int executed(PrintWriter out, PrintWriter err, String... arguments) {
    for (String argument : arguments) {
      if (argument.indexOf(UNKNOWN) >= 0) {
        err.println(
            "idem: argument (%s) has characters that the locale's character set (%s) lacks; set LC_ALL to a UTF-8 locale, such as C.UTF-8"
                .formatted(argument, System.getProperty("sun.jnu.encoding")));
        return ExitCode.USAGE;
      }
    }
    Map<String, String> environment = System.getenv();
    Optional<String> level = unknownLevel(environment);
    if (level.isPresent()) {
      err.println("idem: " + level.get());
      return ExitCode.USAGE;
    }
    List<Path> jars = List.of();
    try {
      jars = PluginJar.in(environment, IdemCommand.pluginFolders(arguments));
    } catch (IllegalArgumentException e) {
      err.println("idem: " + e.getMessage());
      if (Collections.disjoint(ALWAYS, List.of(arguments))) {
        return ExitCode.USAGE;
      }
    }
    String[] spelled = IdemCommand.spelledOut(arguments);
    try (Parts parts = new Parts(environment, jars, err)) {
      return IdemCommand.commandLine(parts::of, spelled).setOut(out).setErr(err).execute(spelled);
    }
  }

  /**
   * What the commands are made of. It is put together, with the plug-ins, for the first subcommand:
   * the help of {@code idem} needs none of it, and is shown in a fraction of the time.
   */
  private static final class Parts implements AutoCloseable {

    private final Map<String, String> environment;
    private final List<Path> jars;
    private final PrintWriter err;
    private @Nullable Injector injector;

    Parts(Map<String, String> environment, List<Path> jars, PrintWriter err) {
      this.environment = environment;
      this.jars = jars;
      this.err = err;
    }

    Object of(Class<?> type) {
      Injector made = injector;
      if (made == null) {
        made = Guice.createInjector(Stage.DEVELOPMENT, new IdemModule(environment, jars));
        injector = made;
        made.getInstance(Plugins.class)
            .faults()
            .forEach(fault -> err.println("idem: " + fault + "; left out"));
      }
      return made.getInstance(type);
    }

    @Override
    public void close() {
      if (injector != null) {
        injector.getInstance(Plugins.class).close();
      }
    }
  }
}
