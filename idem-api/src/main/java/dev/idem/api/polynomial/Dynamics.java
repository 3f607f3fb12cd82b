package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The iteration of an idempotent polynomial g: exact on the real line, and as an image shows it in
 * the complex plane.
 *
 * <p>Why a finite set of points is enough on the real line: g maps the immediate basin I = (a, b)
 * of a fixed point t into itself and its ends, by continuity, to ends. So each end is a fixed
 * point, is mapped to one, or is in the 2-cycle a, b. Conversely, no fixed point but t, no point
 * mapped to one, and no point of a 2-cycle is in the basin. The ends of I are therefore the nearest
 * such points on either side of t. Likewise the smallest and the largest point with a bounded orbit
 * map to one another or to themselves, and are the outermost of these points. All are real roots of
 * polynomials of degree up to the square of g's; these are isolated in exact arithmetic, then
 * rounded.
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
      REPELLING
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
  private static final Rational MULTIPLIER_PRECISION =
      new Rational(BigInteger.ONE, BigInteger.ONE.shiftLeft(64));

  private static final IntegerPolynomial IDENTITY =
      new IntegerPolynomial(List.of(BigInteger.ZERO, BigInteger.ONE));

  private final IdempotentPolynomial rounded;
  private final IntegerPolynomial g;

  /** g(k) - k. */
  private final IntegerPolynomial displacement;

  private final double escapeRadius;

  Dynamics(IdempotentPolynomial rounded, IntegerPolynomial g) {
    this.rounded = rounded;
    this.g = g;
    this.displacement = g.minus(IDENTITY);
    this.escapeRadius = escapeRadius(g);
  }

  /**
   * R with |g(k)| &gt;= 2 |k| wherever |k| &gt; R, for complex k: from |g(k)| &gt;= |k|^(n-1)
   * (|c_n| |k| - |c_1| - ... - |c_(n-1)|).
   */
  private static double escapeRadius(IntegerPolynomial g) {
    double lower = 0;
    for (int power = 1; power < g.degree(); power++) {
      lower += Math.abs(g.coefficient(power).doubleValue());
    }
    return Math.max(1, (lower + 2) / Math.abs(g.leading().doubleValue()));
  }

  /**
   * All real fixed points of g, ascending: the real roots of g(k) - k, none missed. 0 and 1 are
   * always among them; 1/2 is for {@link IdempotentPolynomial#ofOrder}.
   */
  public List<FixedPoint> fixedPoints() {
    return RealRoots.of(displacement).stream().map(this::fixedPoint).toList();
  }

  private FixedPoint fixedPoint(Rational location) {
    Rational multiplier = g.derivative().valueAt(location);
    return new FixedPoint(location.doubleValue(), multiplier.doubleValue(), nature(multiplier));
  }

  private static FixedPoint.Nature nature(Rational multiplier) {
    Rational size = multiplier.abs();
    Rational excess = size.minus(Rational.ONE);
    if (size.compareTo(MULTIPLIER_PRECISION) < 0) {
      return FixedPoint.Nature.SUPERATTRACTING;
    }
    if (excess.abs().compareTo(MULTIPLIER_PRECISION) < 0) {
      return FixedPoint.Nature.NEUTRAL;
    }
    return excess.signum() < 0 ? FixedPoint.Nature.ATTRACTING : FixedPoint.Nature.REPELLING;
  }

  /**
   * The immediate basin of attraction of {@code target}, 0 or 1, on the real line: the largest open
   * interval around it from all of which the iteration converges to it. For the cubic ((1 - sqrt
   * 3)/2, 1/2) around 0 and (1/2, (1 + sqrt 3)/2) around 1. Starts elsewhere may converge to it as
   * well.
   */
  public Interval basin(int target) {
    Require.argument(target == 0 || target == 1, "target (%s) must be 0 or 1", target);
    Rational t = Rational.of(target);
    NavigableSet<Rational> outside = cycles();
    outside.remove(t);
    outside.addAll(preimagesOfRoots(RealRoots.quotient(displacement, linearFactor(t))));
    return new Interval(outside.lower(t).doubleValue(), outside.higher(t).doubleValue());
  }

  /**
   * The smallest interval that holds every real start with a bounded orbit; both ends have one,
   * being fixed points, a 2-cycle, or one mapped to the other. Starts outside diverge. For {@link
   * IdempotentPolynomial#ofOrder} every start inside is bounded too; for the cubic it is ((1 - sqrt
   * 5)/2, (1 + sqrt 5)/2), whose ends are a 2-cycle.
   */
  public Interval boundedInterval() {
    NavigableSet<Rational> bounded = cycles();
    bounded.addAll(preimagesOfRoots(displacement));
    return new Interval(bounded.first().doubleValue(), bounded.last().doubleValue());
  }

  /** The real k with g(g(k)) = k: fixed points and 2-cycles. */
  private NavigableSet<Rational> cycles() {
    return new TreeSet<>(RealRoots.of(g.compose(g).minus(IDENTITY)));
  }

  /**
   * The real k with f(g(k)) = 0. Roots of f that are known exactly are taken one by one: their
   * preimages may be multiple, which is cheap to sort out only in a polynomial of low degree.
   */
  private List<Rational> preimagesOfRoots(IntegerPolynomial f) {
    List<Rational> preimages = new ArrayList<>();
    IntegerPolynomial rest = RealRoots.squareFreePart(f);
    for (Rational root : RealRoots.of(rest)) {
      if (f.signAt(root) == 0) {
        preimages.addAll(RealRoots.of(linearFactor(root).compose(g)));
        rest = RealRoots.quotient(rest, linearFactor(root));
      }
    }
    if (rest.degree() > 0) {
      preimages.addAll(RealRoots.of(rest.compose(g)));
    }
    return preimages;
  }

  /** denominator * k - numerator, whose only root is {@code root}. */
  private static IntegerPolynomial linearFactor(Rational root) {
    return new IntegerPolynomial(List.of(root.numerator().negate(), root.denominator()));
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
      z = rounded.evaluate(z);
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
