package dev.idem.runs.checkpoint;

import java.io.IOException;

/** A file is not a checkpoint, or differs from the one that was saved. */
public final class MalformedCheckpointException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedCheckpointException(String message) {
    super(message);
  }

  MalformedCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
