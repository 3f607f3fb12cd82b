package dev.idem.runs.experiment;

/**
 * The numbers a key takes.
 *
 * @param least the lower end
 * @param open whether {@code least} itself is outside
 * @param most the upper end
 * @param openAbove whether {@code most} itself is outside
 */
record Range(double least, boolean open, double most, boolean openAbove) {

  static Range positive() {
    return new Range(0, true, Double.POSITIVE_INFINITY, true);
  }

  static Range notNegative() {
    return new Range(0, false, Double.POSITIVE_INFINITY, true);
  }

  /** [0, 1). */
  static Range share() {
    return new Range(0, false, 1, true);
  }

  /** Both ends inside. */
  static Range between(long least, long most) {
    return new Range(least, false, most, false);
  }

  boolean contains(double value) {
    return (open ? value > least : value >= least) && (openAbove ? value < most : value <= most);
  }

  /** What a number must be, after "must be". */
  String rule() {
    if (Double.isInfinite(most)) {
      return open ? "positive" : "0 or more";
    }
    return openAbove
        ? "in [%s, %s)".formatted(Kind.written(least), Kind.written(most))
        : "from %s to %s".formatted(Kind.written(least), Kind.written(most));
  }
}
