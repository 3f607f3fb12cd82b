package dev.idem.models.classifier;

import java.io.IOException;
import java.io.Serial;

/** Files are not a classifier, or a damaged one; the message says what to do about it. */
public final class MalformedClassifierException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  /** At {@code place}, with what was found and what to do. */
  MalformedClassifierException(String place, String found) {
    super("digit classifier (%s): %s".formatted(place, found));
  }

  /** At {@code place}, with what was found and what to do. */
  MalformedClassifierException(String place, String found, Throwable cause) {
    super("digit classifier (%s): %s".formatted(place, found), cause);
  }
}
