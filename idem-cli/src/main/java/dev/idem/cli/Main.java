package dev.idem.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.idem.cli.command.IdemCommand;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.command.base.PluginOptions;
import dev.idem.cli.plugin.PluginFolders;
import dev.idem.cli.plugin.Plugins;
import dev.idem.cli.wiring.IdemModule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The {@code idem} command. */
public final class Main {

  private Main() {}

  /** Runs the command and leaves with its exit code: 0 done, 1 failed run, 2 bad usage. */
  public static void main(String[] arguments) {
    System.exit(run(console(System.out), console(System.err), arguments));
  }

  private static PrintWriter console(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs the command on these streams and answers its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Map<String, String> environment = System.getenv();
    List<Path> jars;
    try {
      jars = PluginFolders.jars(environment, PluginOptions.of(arguments));
    } catch (IllegalArgumentException e) {
      err.println("idem: " + e.getMessage());
      return ExitCode.USAGE;
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
