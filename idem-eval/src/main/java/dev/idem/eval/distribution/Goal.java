package dev.idem.eval.distribution;

/** Which values of a metric are good. */
public enum Goal {
  /** The lower, the more alike. */
  LOWER,
  /** The higher, the better. */
  HIGHER,
  /** The nearer to the value of real samples against real ones, the better. */
  AS_REAL
}
