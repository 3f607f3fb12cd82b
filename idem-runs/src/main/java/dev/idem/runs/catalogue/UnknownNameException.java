package dev.idem.runs.catalogue;

import java.io.Serial;

/** A name that nothing is bound to; the message lists what is. */
public final class UnknownNameException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  /** With a message for the user. */
  public UnknownNameException(String message) {
    super(message);
  }
}
