package dev.idem.models.data;

import java.io.IOException;

/** A data file is malformed; the message says what to do about it. */
public final class MalformedDataException extends IOException {

  private static final long serialVersionUID = 1;

  /** The exception for {@code file}, with the message "file: found ..., expected ...; remedy". */
  MalformedDataException(String file, String found, String expected, String remedy) {
    super("%s: found %s, expected %s; %s".formatted(file, found, expected, remedy));
  }
}
