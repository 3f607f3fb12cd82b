package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The iteration of an idempotent polynomial g, on the real line and as an image shows it in the
 * complex plane.
 *
 * <p>Intervals of the real line are found as limits. The immediate basin of a fixed point t is the
 * union of the intervals J_0, J_1, ... with J_0 a neighbourhood of t that g maps into itself and
 * J_(n+1) what surrounds t of the points that g maps into J_n. The starts with a bounded orbit lie
 * in all of B_0, B_1, ... with B_0 = [-R, R], outside of which orbits grow, and B_(n+1) the span of
 * the points of B_n that g maps into B_n. The ends of both limits repel, so that the sequences
 * converge geometrically, to the last digit or so; only next to a neutral 2-cycle digits may miss.
 */
public final class Dynamics {

  /**
   * A real fixed point k = g(k).
   *
   * @param location k, correct to the last place or so
   * @param multiplier g'(k), by which a small distance from k grows in one step
   * @param nature what the multiplier means for nearby starts
   */
  public record FixedPoint(double location, double multiplier, Nature nature) {

    /** What an iterator does near a fixed point, by the size of the multiplier. */
    public enum Nature {
      /** Multiplier 0: nearby starts converge quadratically or faster. */
      SUPERATTRACTING,
      /** Between 0 and 1 in size: nearby starts converge linearly. */
      ATTRACTING,
      /** 1 in size: the multiplier alone does not decide. */
      NEUTRAL,
      /** Above 1 in size: nearby starts move away. */
      REPELLING;

      private static Nature of(double multiplier) {
        double size = Math.abs(multiplier);
        if (size < MULTIPLIER_PRECISION) {
          return SUPERATTRACTING;
        }
        if (Math.abs(size - 1) < MULTIPLIER_PRECISION) {
          return NEUTRAL;
        }
        return size < 1 ? ATTRACTING : REPELLING;
      }
    }
  }

  /** The open interval (low, high) of the real line, its ends finite and in order. */
  public record Interval(double low, double high) {

    public Interval {
      Require.argument(
          Double.isFinite(low) && Double.isFinite(high) && low < high,
          "interval (%s, %s) must have finite ends, low below high",
          low,
          high);
    }

    /** Whether low &lt; k &lt; high; false for NaN. */
    public boolean contains(double k) {
      return low < k && k < high;
    }

    /** high - low. */
    public double width() {
      return high - low;
    }
  }

  /**
   * Where the iteration took a complex start.
   *
   * @param attractor what was reached
   * @param iterations how many applications it took; all that were allowed if undecided
   */
  public record Attraction(Attractor attractor, int iterations) {

    /** What the iteration can be seen to reach. */
    public enum Attractor {
      /** The superattracting fixed point 0. */
      ZERO,
      /** The superattracting fixed point 1. */
      ONE,
      /** The iterates grow without bound. */
      INFINITY,
      /** None of these within the iterations allowed. */
      UNDECIDED
    }
  }

  /** A multiplier this close to 0, or to 1 in size, is taken to be. */
  private static final double MULTIPLIER_PRECISION = 1e-12;

  /** An end this near to a fixed point is that point, but for rounding. */
  private static final double NEAR = 1e-12;

  /** Likewise for neutral fixed points, to which the last stretch would take too long. */
  private static final double NEAR_NEUTRAL = 1e-2;

  /** The most intervals of a sequence: as many are needed only towards a neutral 2-cycle. */
  private static final int MOST_INTERVALS = 10_000;

  private final IdempotentPolynomial g;
  private final List<BigInteger> coefficients;
  private final double escapeRadius;

  Dynamics(IdempotentPolynomial g, List<BigInteger> coefficients) {
    this.g = g;
    this.coefficients = coefficients;
    this.escapeRadius = escapeRadius(coefficients);
  }

  /**
   * R with |g(k)| &gt;= 2 |k| wherever |k| &gt; R, for complex k: from |g(k)| &gt;= |k|^(n-1)
   * (|c_n| |k| - |c_1| - ... - |c_(n-1)|).
   */
  private static double escapeRadius(List<BigInteger> g) {
    int degree = g.size() - 1;
    double lower = 0;
    for (BigInteger coefficient : g.subList(0, degree)) {
      lower += Math.abs(coefficient.doubleValue());
    }
    return Math.max(1, (lower + 2) / Math.abs(g.get(degree).doubleValue()));
  }

  /**
   * All real fixed points of g, ascending: the real roots of g(k) - k. 0 and 1 are always among
   * them; 1/2 is for {@link IdempotentPolynomial#ofOrder}.
   */
  public List<FixedPoint> fixedPoints() {
    List<BigInteger> displacement = new ArrayList<>(coefficients);
    displacement.set(1, displacement.get(1).subtract(BigInteger.ONE));
    List<BigInteger> slope = RealRoots.derivative(coefficients);
    List<FixedPoint> points = new ArrayList<>();
    for (double location : RealRoots.of(displacement)) {
      double multiplier = RealRoots.value(slope, location).doubleValue();
      points.add(new FixedPoint(location, multiplier, FixedPoint.Nature.of(multiplier)));
    }
    return List.copyOf(points);
  }

  /**
   * The immediate basin of attraction of {@code target}, 0 or 1, on the real line: the largest open
   * interval around it from all of which the iteration converges to it. For the cubic ((1 - sqrt
   * 3)/2, 1/2) around 0 and (1/2, (1 + sqrt 3)/2) around 1. Starts elsewhere may converge to it as
   * well.
   */
  public Interval basin(int target) {
    Require.argument(target == 0 || target == 1, "target (%s) must be 0 or 1", target);
    NavigableSet<Double> below = turns().headSet((double) target, false);
    NavigableSet<Double> above = turns().tailSet((double) target, false);
    List<FixedPoint> fixed = fixedPoints();
    double radius = radius(target);
    double low = target - radius;
    double high = target + radius;
    for (int i = 0; i < MOST_INTERVALS; i++) {
      double lower = crossing(target, below.descendingSet(), low, high);
      double higher = crossing(target, above, low, high);
      double nextLow = settled(Math.min(low, lower), fixed);
      double nextHigh = settled(Math.max(high, higher), fixed);
      if (nextLow == low && nextHigh == high) {
        break;
      }
      low = nextLow;
      high = nextHigh;
    }
    return new Interval(low, high);
  }

  /** r with |g(t + e) - t| &lt;= |e| / 2 for t = {@code target} wherever |e| &lt;= r. */
  private double radius(int target) {
    BigInteger[] taylor = coefficients.toArray(BigInteger[]::new);
    if (target == 1) {
      for (int i = 0; i < taylor.length; i++) {
        for (int j = taylor.length - 2; j >= i; j--) {
          taylor[j] = taylor[j].add(taylor[j + 1]);
        }
      }
    }
    double r = 0.5;
    while (steepest(taylor, r) > 0.5) {
      r /= 2;
    }
    return r;
  }

  /** A bound on |g(t + e) - t| / |e| where |e| &lt;= r, from the Taylor coefficients of g at t. */
  private static double steepest(BigInteger[] taylor, double r) {
    double sum = 0;
    for (int power = 2; power < taylor.length; power++) {
      sum += Math.abs(taylor[power].doubleValue()) * Math.pow(r, power - 1);
    }
    return sum;
  }

  /**
   * The smallest interval that holds every real start with a bounded orbit; both ends have one,
   * being fixed points, a 2-cycle, or one mapped to the other. Starts outside diverge. For {@link
   * IdempotentPolynomial#ofOrder} every start inside is bounded too; for the cubic it is ((1 - sqrt
   * 5)/2, (1 + sqrt 5)/2), whose ends are a 2-cycle.
   */
  public Interval boundedInterval() {
    NavigableSet<Double> turns = turns();
    List<FixedPoint> fixed = fixedPoints();
    double low = turns.first();
    double high = turns.last();
    for (int i = 0; i < MOST_INTERVALS; i++) {
      double lower =
          side(low, low, high) == 0 ? low : crossing(low, turns.tailSet(low, false), low, high);
      double higher =
          side(high, low, high) == 0
              ? high
              : crossing(high, turns.headSet(high, false).descendingSet(), low, high);
      double nextLow = settled(lower, fixed);
      double nextHigh = settled(higher, fixed);
      if (nextLow == low && nextHigh == high) {
        break;
      }
      low = nextLow;
      high = nextHigh;
    }
    return new Interval(low, high);
  }

  /**
   * Where g turns, with a bound beyond every bounded orbit on either side: g is monotone between.
   */
  private NavigableSet<Double> turns() {
    NavigableSet<Double> turns = new TreeSet<>(RealRoots.of(RealRoots.derivative(coefficients)));
    turns.removeIf(turn -> Math.abs(turn) > escapeRadius);
    turns.addAll(List.of(-escapeRadius - 1, escapeRadius + 1));
    return turns;
  }

  /**
   * The last point from {@code start} on, by way of {@code turns}, before g enters or leaves [low,
   * high].
   */
  private double crossing(double start, Iterable<Double> turns, double low, double high) {
    int side = side(start, low, high);
    double same = start;
    for (double turn : turns) {
      if (side(turn, low, high) != side) {
        double other = turn;
        double middle = same + (other - same) / 2;
        while (middle != same && middle != other) {
          if (side(middle, low, high) == side) {
            same = middle;
          } else {
            other = middle;
          }
          middle = same + (other - same) / 2;
        }
        return same;
      }
      same = turn;
    }
    throw new IllegalStateException("no path from %s to (%s, %s)".formatted(start, low, high));
  }

  /** Whether g(k) is below (-1), above (1) or in (0) [low, high]. */
  private int side(double k, double low, double high) {
    if (RealRoots.compare(coefficients, k, low) < 0) {
      return -1;
    }
    return RealRoots.compare(coefficients, k, high) > 0 ? 1 : 0;
  }

  /** The fixed point that {@code end} comes to: near one at once if that is neutral. */
  private static double settled(double end, List<FixedPoint> fixed) {
    for (FixedPoint point : fixed) {
      double near = point.nature() == FixedPoint.Nature.NEUTRAL ? NEAR_NEUTRAL : NEAR;
      if (Math.abs(point.location() - end) < near) {
        return point.location();
      }
    }
    return end;
  }

  /**
   * Iterates g from a complex start until an iterate is within {@code tolerance} of 0 or of 1, or
   * so large that the iterates grow without bound: what an image of the basins shows.
   *
   * @param start both parts finite
   * @param maxIterations the most applications of g, 0 or more
   * @param tolerance in (0, 1/2)
   */
  public Attraction attractor(Complex start, int maxIterations, double tolerance) {
    Require.argument(start.isFinite(), "start (%s) must be finite", start);
    Require.notNegative("maxIterations", maxIterations);
    Require.argument(
        tolerance > 0 && tolerance < 0.5, "tolerance (%s) must be in (0, 0.5)", tolerance);
    Complex z = start;
    int iterations = 0;
    Attraction.Attractor reached = reached(z, tolerance);
    while (reached == Attraction.Attractor.UNDECIDED && iterations < maxIterations) {
      z = g.evaluate(z);
      iterations++;
      reached = reached(z, tolerance);
    }
    return new Attraction(reached, iterations);
  }

  private Attraction.Attractor reached(Complex z, double tolerance) {
    if (z.modulus() <= tolerance) {
      return Attraction.Attractor.ZERO;
    }
    if (z.minus(Complex.ONE).modulus() <= tolerance) {
      return Attraction.Attractor.ONE;
    }
    return z.modulus() <= escapeRadius
        ? Attraction.Attractor.UNDECIDED
        : Attraction.Attractor.INFINITY;
  }
}
