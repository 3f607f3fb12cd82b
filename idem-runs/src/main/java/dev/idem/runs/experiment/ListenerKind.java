package dev.idem.runs.experiment;

import java.util.Arrays;
import java.util.Optional;

/** The files that a run may write as it goes. */
public enum ListenerKind {
  /** A table of steps. */
  CSV,
  /** A JSON object a line. */
  JSONL,
  /** Event files for TensorBoard. */
  TENSORBOARD;

  /** The name in a file, such as {@code csv}. */
  public String label() {
    return Labels.of(this);
  }

  /** The kind of that name, if there is one; others are plug-ins'. */
  static Optional<ListenerKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }
}
