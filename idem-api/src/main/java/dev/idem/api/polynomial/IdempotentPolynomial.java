package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A polynomial g(K) = a_1 K + ... + a_n K^n that takes an almost idempotent K closer to idempotent:
 * exact integer coefficients with
 *
 * <pre>g(0) = 0,  g(1) = 1,  g'(0) = 0,  g'(1) = 0</pre>
 *
 * <p>so that every idempotent is a fixed point and errors are squared at least (Jensen and Vicary,
 * ICML 2025). {@link #cubic()} is the lowest; {@link #ofOrder} the family it starts.
 */
public final class IdempotentPolynomial {

  private static final IdempotentPolynomial CUBIC = of(0, 3, -2);

  private final IntegerPolynomial exact;

  /** The coefficients rounded once, index is the power. */
  private final double[] rounded;

  private IdempotentPolynomial(IntegerPolynomial exact) {
    this.exact = exact;
    this.rounded = exact.coefficients().stream().mapToDouble(BigInteger::doubleValue).toArray();
  }

  /** 3K^2 - 2K^3, McWeeny's purification: the only one of degree 3 or less. */
  public static IdempotentPolynomial cubic() {
    return CUBIC;
  }

  /**
   * The polynomial with these coefficients of K, K^2, K^3, ...; {@code of(0, 3, -2)} is the cubic.
   *
   * @throws IllegalArgumentException unless g(0) = 0, g(1) = 1 and g'(0) = g'(1) = 0
   */
  public static IdempotentPolynomial of(long... coefficientsFromPower1) {
    return of(Arrays.stream(coefficientsFromPower1).mapToObj(BigInteger::valueOf).toList());
  }

  /**
   * The polynomial with these coefficients of K, K^2, K^3, ...
   *
   * @throws IllegalArgumentException unless g(0) = 0, g(1) = 1 and g'(0) = g'(1) = 0
   */
  public static IdempotentPolynomial of(List<BigInteger> coefficientsFromPower1) {
    List<BigInteger> coefficients = new ArrayList<>(coefficientsFromPower1.size() + 1);
    coefficients.add(BigInteger.ZERO);
    coefficients.addAll(coefficientsFromPower1);
    IntegerPolynomial g = new IntegerPolynomial(coefficients);
    Require.argument(
        g.degree() > 0, "coefficients %s must have one that is not 0", coefficientsFromPower1);
    requireCondition("g(1)", g.valueAt(Rational.ONE), Rational.ONE, g);
    IntegerPolynomial slope = g.derivative();
    requireCondition("g'(0)", slope.valueAt(Rational.ZERO), Rational.ZERO, g);
    requireCondition("g'(1)", slope.valueAt(Rational.ONE), Rational.ZERO, g);
    return new IdempotentPolynomial(g);
  }

  private static void requireCondition(
      String name, Rational value, Rational required, IntegerPolynomial g) {
    Require.argument(
        value.equals(required),
        "%s (%s) must be %s for %s to be an idempotent iterator",
        name,
        value,
        required,
        g);
  }

  /**
   * The polynomial of degree 2p + 1 whose derivatives 1 to p vanish at 0 and at 1 (the smoothstep
   * family, proportional to the integral of k^p (1 - k)^p):
   *
   * <pre>sum over j = 0..p of (-1)^j C(p + j, j) C(2p + 1, p - j) K^(p + 1 + j)</pre>
   *
   * <p>p = 1 is the cubic, p = 2 is 10K^3 - 15K^4 + 6K^5. Near 0 and 1 the error e of a scalar
   * becomes a multiple of e^(p + 1), and g(1 - k) = 1 - g(k). The coefficients grow and alternate,
   * so that evaluation in double precision loses about a digit per order near 1: seen from -0.1 to
   * 1.1, errors of 2e-16 for p = 1, 7e-13 for p = 5, 3e-8 for p = 10.
   *
   * @throws IllegalArgumentException if {@code p} is below 1
   */
  public static IdempotentPolynomial ofOrder(int p) {
    Require.positive("order", p);
    return of(Smoothstep.coefficients(p));
  }

  /** The highest power. */
  public int degree() {
    return exact.degree();
  }

  /**
   * The coefficient of K^power, 0 above the degree.
   *
   * @throws IllegalArgumentException if {@code power} is negative
   */
  public BigInteger coefficient(int power) {
    Require.notNegative("power", power);
    return exact.coefficient(power);
  }

  /**
   * g(k) by Horner's rule. An infinite k gives the limit; the rounding error is about 1e-16 times
   * the sum of |a_i k^i|.
   *
   * @throws IllegalArgumentException if {@code k} is NaN
   */
  public double evaluate(double k) {
    Require.argument(!Double.isNaN(k), "k (NaN) must be a number");
    return Horner.value(rounded, k);
  }

  /**
   * g(k) by Horner's rule; not finite where a power of k overflows.
   *
   * @throws IllegalArgumentException if a part of {@code k} is NaN
   */
  public Complex evaluate(Complex k) {
    Require.argument(!Double.isNaN(k.re()) && !Double.isNaN(k.im()), "k (%s) must be a number", k);
    return Horner.value(rounded, k);
  }

  /**
   * g(K) for a square matrix [n, n] by Horner's rule, degree - 1 matrix products; the argument is
   * left as it is. Not finite where a power of K overflows.
   *
   * @throws IllegalArgumentException if {@code k} has no row, is not square or has an entry that is
   *     not finite
   */
  public double[][] evaluate(double[][] k) {
    SquareMatrices.requireSquare(k);
    return Horner.value(rounded, k);
  }

  /**
   * g'(k) by Horner's rule.
   *
   * @throws IllegalArgumentException if {@code k} is NaN
   */
  public double derivative(double k) {
    Require.argument(!Double.isNaN(k), "k (NaN) must be a number");
    return Horner.derivative(rounded, k);
  }

  /**
   * g applied {@code steps} times to k: k itself for none; infinite once the orbit overflows.
   *
   * @throws IllegalArgumentException if {@code k} is NaN or {@code steps} negative
   */
  public double iterate(double k, int steps) {
    Require.argument(!Double.isNaN(k), "k (NaN) must be a number");
    Require.notNegative("steps", steps);
    double value = k;
    for (int step = 0; step < steps; step++) {
      value = evaluate(value);
    }
    return value;
  }

  /**
   * Iterates g from {@code k} until ||K^2 - K||_F is at most {@code tolerance}. A start whose
   * eigenvalues are outside the basins is no error: the result's outcome says that the iteration
   * diverged, or was not done in time.
   *
   * @param k [n, n], left as it is
   * @param tolerance positive; rounding keeps one near 1e-15 n from being met, at high order one
   *     well above that
   * @param maxIterations the most applications of g, 0 or more
   * @throws IllegalArgumentException if {@code k} has no row, is not square or has an entry that is
   *     not finite, or if K^2 overflows
   */
  public Purification purify(double[][] k, double tolerance, int maxIterations) {
    Purification.Step step = new Purification.Step(this::evaluate, degree() - 1);
    return Purification.of(index -> step, k, tolerance, maxIterations);
  }

  /**
   * All real fixed points of g, ascending: the real roots of g(k) - k, isolated in exact arithmetic
   * so that none is missed. 0 and 1 are always among them; 1/2 is for {@link #ofOrder}.
   */
  public List<FixedPoint> fixedPoints() {
    return new RealDynamics(exact).fixedPoints();
  }

  /**
   * The immediate basin of attraction of {@code target} on the real line: the largest open interval
   * around it from all of which the iteration converges to it. For the cubic ((1 - sqrt 3)/2, 1/2)
   * around 0 and (1/2, (1 + sqrt 3)/2) around 1. Starts elsewhere may converge to it as well.
   *
   * <p>Its ends map to each other or to themselves, which makes them real roots of polynomials of
   * degree up to the square of g's; these are isolated in exact arithmetic, then rounded.
   *
   * @param target 0 or 1
   */
  public Interval basin(int target) {
    Require.argument(target == 0 || target == 1, "target (%s) must be 0 or 1", target);
    return new RealDynamics(exact).basin(target);
  }

  /**
   * The smallest interval that holds every real start with a bounded orbit; both ends have one,
   * being fixed points, a 2-cycle, or one mapped to the other. Starts outside diverge. For {@link
   * #ofOrder} every start inside is bounded too; for the cubic it is ((1 - sqrt 5)/2, (1 + sqrt
   * 5)/2), whose ends are a 2-cycle.
   */
  public Interval boundedInterval() {
    return new RealDynamics(exact).boundedInterval();
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
    return Attraction.of(this, start, maxIterations, tolerance, Horner.escapeRadius(rounded));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdempotentPolynomial polynomial && exact.equals(polynomial.exact);
  }

  @Override
  public int hashCode() {
    return exact.hashCode();
  }

  /** Written 3K^2 - 2K^3. */
  @Override
  public String toString() {
    return exact.toString();
  }
}
