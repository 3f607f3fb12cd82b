package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * A purification by a sequence of polynomials instead of one: minimax quintics in S = 2K - I, each
 * the best on the interval that those before it lead to, until every eigenvalue of S is near -1 or
 * 1; then the cubic 3K^2 - 2K^3, again and again, of which idempotents are fixed points.
 *
 * <p>The cubic takes an eigenvalue 1/2 + d away from the separatrix by a factor of 3/2 for two
 * matrix products; the first quintics by a factor of 8 down to 4 for three. The price: the quintics
 * are made for real eigenvalues within the interval. For others nothing is promised, and the
 * purification says how it ended.
 */
public final class AcceleratedIteration {

  /** Where cubics take over: errors square from here, as fast as quintics can cube them. */
  private static final double NEAR = 0.05;

  private final List<OddQuintic> quintics;

  private AcceleratedIteration(List<OddQuintic> quintics) {
    this.quintics = List.copyOf(quintics);
  }

  /**
   * The iteration for matrices whose eigenvalues k are real with low &lt;= |2k - 1| &lt;= high.
   *
   * @param low how near to the separatrix they come, in [1e-10, high)
   * @param high how far away, at most 1.5; 1 for eigenvalues in [0, 1]
   */
  public static AcceleratedIteration of(double low, double high) {
    Require.argument(low >= 1e-10, "low (%s) must be at least 1e-10", low);
    Require.argument(
        low < high && high <= 1.5, "high (%s) must be above low (%s) and at most 1.5", high, low);
    List<OddQuintic> quintics = new ArrayList<>();
    double from = low;
    double to = high;
    while (Math.max(1 - from, to - 1) > NEAR) {
      OddQuintic quintic = OddQuintic.minimax(from, Math.max(to, from / 0.9));
      quintics.add(quintic);
      from = quintic.evaluate(from);
      to = 2 - from;
    }
    return new AcceleratedIteration(quintics);
  }

  /** The quintics, first to last; the cubic follows them without end. */
  public List<OddQuintic> quintics() {
    return quintics;
  }

  /** The polynomial of the step at {@code index}, from 0. */
  public OddQuintic step(int index) {
    Require.notNegative("index", index);
    return index < quintics.size() ? quintics.get(index) : OddQuintic.newtonSchulz();
  }

  /**
   * The sequence applied to {@code k} until ||K^2 - K||_F is at most {@code tolerance}; a start
   * that meets it is left as it is.
   *
   * @param k [n, n], left as it is
   * @param tolerance positive; rounding keeps one near 1e-15 n from being met
   * @param maxIterations the most steps, 0 or more
   * @throws IllegalArgumentException if {@code k} has no row, is not square or has an entry that is
   *     not finite, or if K^2 overflows
   */
  public Purification purify(double[][] k, double tolerance, int maxIterations) {
    return Purification.of(
        index -> {
          OddQuintic step = step(index);
          return new Purification.Step(step::purified, step.products());
        },
        k,
        tolerance,
        maxIterations);
  }

  /** Such as {@code 5 quintics, then 3K^2 - 2K^3}. */
  @Override
  public String toString() {
    return quintics.size() + " quintics, then " + IdempotentPolynomial.cubic();
  }
}
