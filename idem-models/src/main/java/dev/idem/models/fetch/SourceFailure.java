package dev.idem.models.fetch;

import java.io.IOException;
import java.io.Serial;

/**
 * A source did not provide a file; another may. The message says why, and does not name the source.
 */
final class SourceFailure extends IOException {

  @Serial private static final long serialVersionUID = 1;

  SourceFailure(String reason) {
    super(reason);
  }

  SourceFailure(String reason, Throwable cause) {
    super(reason, cause);
  }
}
