package dev.idem.cli.console;

import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Help.Ansi;

/**
 * The capabilities of the terminal.
 *
 * @param redraws whether standard output is a terminal that can draw a line again
 * @param columns width of the terminal, positive
 * @param colours the colours of messages and help
 */
public record Terminal(boolean redraws, int columns, Ansi colours) {

  private static final int USUAL = 80;

  /** The terminal of this process. */
  public static Terminal here() {
    return of(System.getenv(), System.getProperties());
  }

  /** The length of a line that is shown whole; lines to a file or a pipe may be of any length. */
  public int width() {
    return redraws ? columns : Integer.MAX_VALUE;
  }

  /**
   * A terminal. {@code TERM=dumb} draws no line again and has no colours; nor has any with {@code
   * NO_COLOR}, unless that is empty.
   *
   * @param environment variables by name
   * @param launcher {@code idem.terminal}, true if standard output is a terminal, and {@code
   *     idem.columns}, its width: the launcher tells, for to ask a terminal from Java takes a
   *     library that changes what Ctrl-C does
   */
  static Terminal of(Map<String, String> environment, Properties launcher) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    String width = launcher.getProperty("idem.columns", "");
    return new Terminal(
        !dumb && Boolean.parseBoolean(launcher.getProperty("idem.terminal")),
        width.matches("[1-9]\\d{0,4}") ? Integer.parseInt(width) : USUAL,
        plain ? Ansi.OFF : Ansi.AUTO);
  }
}
