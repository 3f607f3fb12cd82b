package dev.idem.cli.command.base;

/** The exit codes of {@code idem}. */
public final class ExitCode {

  /** Everything asked for was done. */
  public static final int DONE = 0;

  /** A run failed. */
  public static final int FAILED = 1;

  /** The command line was wrong; nothing was run. */
  public static final int USAGE = 2;

  /** A signal ended a run, which saved itself first. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
