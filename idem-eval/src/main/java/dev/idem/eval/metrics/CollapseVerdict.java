package dev.idem.eval.metrics;

/**
 * Whether a low idempotency error means anything. Zero, constants and the identity are perfectly
 * idempotent and useless, and scale is a free direction: growth lowers a ratio as shrinking lowers
 * an error. {@link CollapseThresholds#judge} decides.
 */
public enum CollapseVerdict {
  /** None of the others. */
  HEALTHY,
  /** The output has next to no power. */
  ZERO,
  /** The outputs hardly differ from one another, or differ along a single line. */
  CONSTANT,
  /** The output is the input. */
  IDENTITY,
  /** The output's power has grown far beyond the input's. */
  INFLATED,
  /** An application of f gave a number that is not finite. */
  DIVERGED;

  /** Whether f is finite, and degenerate. */
  public boolean collapsed() {
    return this != HEALTHY && this != DIVERGED;
  }
}
