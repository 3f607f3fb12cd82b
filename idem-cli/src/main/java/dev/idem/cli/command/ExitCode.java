package dev.idem.cli.command;

/** What {@code idem} tells the shell. */
public final class ExitCode {

  /** Everything asked for was done. */
  public static final int DONE = 0;

  /** A run failed. */
  public static final int FAILED = 1;

  /** The command line was wrong; nothing was run. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
