package dev.idem.generative.model;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A folder that is not a model, or a damaged one. */
public final class MalformedModelException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  /** An error in {@code folder}, with what was found and what to do. */
  public MalformedModelException(Path folder, String found) {
    super("model folder (%s): %s".formatted(folder, oneLine(found)));
  }

  /** An error in {@code folder}, with what was found and what to do. */
  public MalformedModelException(Path folder, String found, Throwable cause) {
    super("model folder (%s): %s".formatted(folder, oneLine(found)), cause);
  }

  /** What was found may quote the folder's own names, which may hold anything. */
  private static String oneLine(String found) {
    return found.replaceAll("\\p{Cntrl}|\\R", " ");
  }
}
