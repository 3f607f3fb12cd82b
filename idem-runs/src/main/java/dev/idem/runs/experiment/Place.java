package dev.idem.runs.experiment;

/**
 * Where something was said.
 *
 * @param source a file, a preset or {@code --set}
 * @param line from 1; 0 where there are no lines
 * @param column from 1; 0 where there are no lines
 */
record Place(String source, int line, int column) {

  /** A place with no lines. */
  static Place of(String source) {
    return new Place(source, 0, 0);
  }

  /** {@code file:line:column}, or the source alone. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
