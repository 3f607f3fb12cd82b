package dev.idem.runs;

/** Held-out samples, and what kind of input they are. */
final class HeldOut {

  private final String kind;
  private final float[][] rows;

  /**
   * Samples.
   *
   * @param kind the name of an input of the objective
   * @param rows [m][n]
   */
  HeldOut(String kind, float[][] rows) {
    this.kind = kind;
    this.rows = rows;
  }

  String kind() {
    return kind;
  }

  float[][] rows() {
    return rows;
  }
}
