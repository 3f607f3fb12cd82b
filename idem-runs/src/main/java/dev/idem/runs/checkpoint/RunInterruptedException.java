package dev.idem.runs.checkpoint;

import java.nio.file.Path;

/** A run was asked to stop, and saved itself first or was complete. */
public final class RunInterruptedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long stepsDone;

  RunInterruptedException(long stepsDone, Path file) {
    this(
        stepsDone,
        "interrupted after %s step%s; saved as %s"
            .formatted(stepsDone, stepsDone == 1 ? "" : "s", file));
  }

  private RunInterruptedException(long stepsDone, String message) {
    super(message);
    this.stepsDone = stepsDone;
  }

  /** A run that was asked to stop when all its steps were done, and is complete. */
  public static RunInterruptedException afterTheLast(long stepsDone) {
    return new RunInterruptedException(
        stepsDone, "interrupted after all its %s steps; complete".formatted(stepsDone));
  }

  /** The number of steps done. */
  public long stepsDone() {
    return stepsDone;
  }
}
