package dev.idem.runs.checkpoint;

import java.nio.file.Path;

/** A run was asked to stop, and saved itself first. */
public final class RunInterruptedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long stepsDone;

  RunInterruptedException(long stepsDone, Path file) {
    super(
        "interrupted after %d step%s; saved as %s"
            .formatted(stepsDone, stepsDone == 1 ? "" : "s", file));
    this.stepsDone = stepsDone;
  }

  /** The number of steps done and saved. */
  public long stepsDone() {
    return stepsDone;
  }
}
