package dev.idem.figures.evaluation;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A folder that holds no evaluation, or a damaged one; the message says what to do. */
public final class MalformedEvaluationException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  MalformedEvaluationException(Path folder, String found) {
    super("evaluation (%s): %s".formatted(folder, found));
  }

  MalformedEvaluationException(Path folder, String found, Throwable cause) {
    super("evaluation (%s): %s".formatted(folder, found), cause);
  }
}
