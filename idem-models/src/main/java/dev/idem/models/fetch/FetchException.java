package dev.idem.models.fetch;

import java.io.IOException;
import java.io.Serial;

/** A file could not be fetched; the message says why and what to do. */
public final class FetchException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
