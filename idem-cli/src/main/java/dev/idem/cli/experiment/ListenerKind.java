package dev.idem.cli.experiment;

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
}
