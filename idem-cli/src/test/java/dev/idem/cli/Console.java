package dev.idem.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line printed and answered. */
record Console(int exitCode, String out, String err) {

  static Console run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Console(exitCode, out.toString(), err.toString());
  }
}
