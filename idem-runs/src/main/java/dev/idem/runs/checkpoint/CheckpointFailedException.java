package dev.idem.runs.checkpoint;

/** A run could not be saved, and ended rather than go on unsaved. */
public final class CheckpointFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckpointFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
