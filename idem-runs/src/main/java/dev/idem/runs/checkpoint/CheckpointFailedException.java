package dev.idem.runs.checkpoint;

/** A run could not be saved, and stopped instead of continuing unsaved. */
public final class CheckpointFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckpointFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
