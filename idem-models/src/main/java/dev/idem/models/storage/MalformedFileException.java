package dev.idem.models.storage;

import java.io.IOException;
import java.io.Serial;

/** A file is not what it should be, or damaged; the message names it and says what to do. */
public final class MalformedFileException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  /** With the name of the file, what was found and what to do. */
  public MalformedFileException(String message) {
    super(message);
  }

  /** With the name of the file, what was found and what to do. */
  public MalformedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
