package dev.idem.eval.front;

import dev.idem.api.check.Require;

/**
 * Two costs of one solution, such as task loss and idempotency error, or their logarithms; of each
 * lower is better. +infinity is the cost of a solution that failed.
 *
 * @param first finite or +infinity
 * @param second finite or +infinity
 */
public record Costs(double first, double second) {

  public Costs {
    requireCost("first", first);
    requireCost("second", second);
  }

  private static void requireCost(String name, double cost) {
    Require.argument(
        cost > Double.NEGATIVE_INFINITY,
        "%s cost (%s) must be finite or +infinity; bound a logarithm of 0 from below",
        name,
        cost);
  }

  /** Whether this is nowhere worse than {@code other}, and somewhere better. */
  public boolean dominates(Costs other) {
    return first <= other.first
        && second <= other.second
        && (first < other.first || second < other.second);
  }

  /** Whether both costs are below those of {@code other}. */
  boolean below(Costs other) {
    return first < other.first && second < other.second;
  }
}
