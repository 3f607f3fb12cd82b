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
import java.util.Set;
import picocli.CommandLine.ExitCode;

/** The {@code idem} command. */
public final class Main {

  /** Commands and options that work even if the plug-ins cannot be found. */
  private static final Set<String> ALWAYS = Set.of("--help", "-h", "--version", "-V", "devices");

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
    List<Path> jars = List.of();
    try {
      jars = PluginJar.in(environment, IdemCommand.pluginFolders(arguments));
    } catch (IllegalArgumentException e) {
      err.println("idem: " + e.getMessage());
      if (Collections.disjoint(ALWAYS, List.of(arguments))) {
        return ExitCode.USAGE;
      }
    }
    Injector injector = Guice.createInjector(Stage.DEVELOPMENT, new IdemModule(environment, jars));
    try (Plugins plugins = injector.getInstance(Plugins.class)) {
      plugins.faults().forEach(fault -> err.println("idem: " + fault + "; left out"));
      return IdemCommand.commandLine(injector::getInstance)
          .setOut(out)
          .setErr(err)
          .execute(arguments);
    }
  }
}
