package dev.idem.eval.evaluation;

/** The parts of an evaluation. */
public enum Section {
  /** Whether f(f(x)) = f(x), and f is more than a constant or the identity. */
  IDEMPOTENCY,
  /** How outputs relate to held-out samples as distributions. */
  DISTRIBUTION,
  /** How near degraded samples come to what they were made from. */
  RESTORATION
}
