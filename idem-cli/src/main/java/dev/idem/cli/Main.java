package dev.idem.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.idem.cli.command.IdemCommand;
import dev.idem.cli.wiring.IdemModule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

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
    Injector injector = Guice.createInjector(Stage.DEVELOPMENT, new IdemModule(System.getenv()));
    return IdemCommand.commandLine(injector::getInstance)
        .setOut(out)
        .setErr(err)
        .execute(arguments);
  }
}
