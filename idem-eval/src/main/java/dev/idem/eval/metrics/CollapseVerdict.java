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
  /**
   * f(f(x)) says little about f(x), compared with what their mean says: a constant with noise, or a
   * map that is far from idempotent.
   */
  UNINFORMATIVE,
  /** An application of f gave a number that is not finite. */
  DIVERGED;

  /**
   * Whether f is finite, and degenerate. An uninformative map need not be: -x varies as x does, and
   * is as far from idempotent as maps get that keep the power.
   */
  public boolean collapsed() {
    return switch (this) {
      case ZERO, CONSTANT, IDENTITY, INFLATED -> true;
      case HEALTHY, UNINFORMATIVE, DIVERGED -> false;
    };
  }
}
