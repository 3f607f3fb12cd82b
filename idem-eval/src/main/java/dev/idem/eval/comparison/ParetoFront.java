package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The solutions that no other one {@linkplain Costs#dominates dominates}, of those given.
 *
 * @param costs by ascending first and descending second cost, each once
 */
public record ParetoFront(List<Costs> costs) {

  /**
   * Two costs of one solution, such as task loss and idempotency error, or their logarithms; of
   * each lower is better. +infinity is the cost of a solution that failed.
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

  public ParetoFront {
    costs = List.copyOf(costs);
    for (int i = 1; i < costs.size(); i++) {
      Costs left = costs.get(i - 1);
      Costs right = costs.get(i);
      Require.argument(
          left.first() < right.first() && left.second() > right.second(),
          "%s and %s are not a front in this order; use ParetoFront.of",
          left,
          right);
    }
  }

  /** The front of {@code solutions}, in whatever order they come. */
  public static ParetoFront of(Collection<Costs> solutions) {
    List<Costs> sorted =
        solutions.stream()
            .sorted(Comparator.comparingDouble(Costs::first).thenComparingDouble(Costs::second))
            .toList();
    List<Costs> front = new ArrayList<>();
    for (Costs next : sorted) {
      if (front.isEmpty() || next.second() < front.get(front.size() - 1).second()) {
        front.add(next);
      }
    }
    return new ParetoFront(front);
  }

  /**
   * The area of all points that some solution is nowhere worse than and that are nowhere worse than
   * {@code reference}: the hypervolume of Zitzler and Thiele (1999) in two dimensions, in the
   * product of the costs' units. Higher is better; 0 if no solution betters the reference in both
   * costs.
   *
   * @param reference finite
   */
  public double hypervolume(Costs reference) {
    Require.argument(
        Double.isFinite(reference.first()) && Double.isFinite(reference.second()),
        "reference (%s) must be finite",
        reference);
    double area = 0;
    double ceiling = reference.second();
    for (Costs solution : costs) {
      if (solution.below(reference)) {
        area += (reference.first() - solution.first()) * (ceiling - solution.second());
        ceiling = solution.second();
      }
    }
    return area;
  }
}
