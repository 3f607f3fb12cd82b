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
   * @param low how near to the separatrix they come, in [1e-8, high); nearer ones need so many
   *     steep quintics that rounding leaves the interval of the next
   * @param high how far away, at most 1.5; 1 for eigenvalues in [0, 1]
   */
  public static AcceleratedIteration of(double low, double high) {
    Require.argument(low >= 1e-8, "low (%s) must be at least 1e-8", low);
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
  List<OddQuintic> quintics() {
    return quintics;
  }

  /** The polynomial of the step at {@code index}, from 0. */
  OddQuintic step(int index) {
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

  /**
   * p(s) = a s + b s^3 + c s^5: one step of an iteration for the sign of s, and so of a
   * purification of k, for with S = 2K - I an idempotent K is an involution S, S^2 = I. The cubic
   * 3K^2 - 2K^3 is (3s - s^3)/2, the iteration of Newton and Schulz.
   *
   * @param c 0 for a cubic
   */
  record OddQuintic(double a, double b, double c) {

    private static final int MOST_EXCHANGES = 100;

    /** Exchanges end once the error is this near, relatively, to that of the exchange before. */
    private static final double SETTLED = 1e-13;

    OddQuintic {
      Require.argument(
          Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(c),
          "coefficients (%s, %s, %s) must be finite",
          a,
          b,
          c);
    }

    /** (3s - s^3)/2: the paper's cubic, seen from S. */
    static OddQuintic newtonSchulz() {
      return new OddQuintic(1.5, -0.5, 0);
    }

    /**
     * The odd quintic that is nearest to 1 on [low, high], in its largest error E = max |1 - p(s)|.
     * Its error takes the values E, -E, E, -E at low, at two points between and at high, by which
     * Remez's exchange finds it. Composed step by step, each on the interval the one before leads
     * to, such polynomials are the best compositions there are (Amsel, Persson, Musco and Gower,
     * The Polar Express, 2025).
     *
     * @param low positive
     * @param high at least low / 0.99: nearer ends leave too few digits, and Newton and Schulz's
     *     step serves as well
     */
    static OddQuintic minimax(double low, double high) {
      Require.positive("low", low);
      Require.argument(
          Double.isFinite(high) && low <= 0.99 * high,
          "high (%s) must be finite and at least low / 0.99 (%s)",
          high,
          low / 0.99);
      double first = low + (high - low) / 4;
      double second = high - (high - low) / 4;
      OddQuintic p = levelled(high, second, first, low);
      double error = 1 - p.evaluate(low);
      for (int exchange = 0; exchange < MOST_EXCHANGES; exchange++) {
        double root = Math.sqrt(9 * p.b * p.b - 20 * p.a * p.c);
        first = Math.sqrt((-3 * p.b - root) / (10 * p.c));
        second = Math.sqrt((-3 * p.b + root) / (10 * p.c));
        p = levelled(high, second, first, low);
        double nextError = 1 - p.evaluate(low);
        if (Math.abs(nextError - error) <= SETTLED * nextError) {
          break;
        }
        error = nextError;
      }
      return p;
    }

    /**
     * The odd quintic whose error 1 - p takes the values -E, E, -E, E at these points, whatever E.
     * In t = s^2 the quotient p(s) / s = (1 -+ E) / s is a quadratic through four points, so that
     * its divided difference over all four vanishes: an equation for E alone. From high to low, for
     * the quotient is large and imprecise near 0.
     */
    private static OddQuintic levelled(double... s) {
      double[] t = new double[4];
      double[] plain = new double[4];
      double[] signed = new double[4];
      for (int i = 0; i < 4; i++) {
        t[i] = s[i] * s[i];
        plain[i] = 1 / s[i];
        signed[i] = (i % 2 == 0 ? -1 : 1) / s[i];
      }
      dividedDifferences(t, plain);
      dividedDifferences(t, signed);
      double error = plain[3] / signed[3];
      double d0 = plain[0] - error * signed[0];
      double d1 = plain[1] - error * signed[1];
      double d2 = plain[2] - error * signed[2];
      return new OddQuintic(d0 - d1 * t[0] + d2 * t[0] * t[1], d1 - d2 * (t[0] + t[1]), d2);
    }

    /** Replaces the values at t by their divided differences over t_0, over t_0 and t_1, ... */
    private static void dividedDifferences(double[] t, double[] values) {
      for (int order = 1; order < t.length; order++) {
        for (int i = t.length - 1; i >= order; i--) {
          values[i] = (values[i] - values[i - 1]) / (t[i] - t[i - order]);
        }
      }
    }

    double evaluate(double s) {
      double square = s * s;
      return s * (a + square * (b + square * c));
    }

    /**
     * The step seen from k = (1 + s) / 2: (1 + p(2K - I)) / 2 for a square matrix [n, n], which is
     * left as it is. Not finite where a power overflows.
     */
    double[][] purified(double[][] k) {
      SquareMatrices.requireSquare(k);
      double[][] s = SquareMatrices.scaled(k, 2);
      SquareMatrices.addToDiagonal(s, -1);
      double[][] square = SquareMatrices.product(s, s);
      double[][] factor;
      if (c == 0) {
        factor = SquareMatrices.scaled(square, b / 2);
      } else {
        factor = SquareMatrices.scaled(square, c / 2);
        SquareMatrices.addToDiagonal(factor, b / 2);
        factor = SquareMatrices.product(factor, square);
      }
      SquareMatrices.addToDiagonal(factor, a / 2);
      double[][] purified = SquareMatrices.product(factor, s);
      SquareMatrices.addToDiagonal(purified, 0.5);
      return purified;
    }

    /** The matrix products of {@link #purified}. */
    int products() {
      return c == 0 ? 2 : 3;
    }
  }
}
