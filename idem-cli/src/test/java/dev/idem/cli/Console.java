package dev.idem.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line printed and answered. */
public record Console(int exitCode, String out, String err) {

  /** Runs the command in this process. */
  public static Console run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Console(exitCode, out.toString(), err.toString());
  }

  /** Everything printed. */
  public String all() {
    return out + err;
  }
}
