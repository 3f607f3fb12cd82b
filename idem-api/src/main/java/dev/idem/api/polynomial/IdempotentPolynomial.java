package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  /** The coefficients, index is the power; the last is not 0. */
  private final List<BigInteger> exact;

  /** The same, rounded once. */
  private final double[] rounded;

  private IdempotentPolynomial(List<BigInteger> exact) {
    this.exact = List.copyOf(exact);
    this.rounded = exact.stream().mapToDouble(BigInteger::doubleValue).toArray();
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

  /** The same from exact coefficients of K, K^2, K^3, ... of any size. */
  public static IdempotentPolynomial of(List<BigInteger> coefficientsFromPower1) {
    List<BigInteger> g = new ArrayList<>(coefficientsFromPower1);
    g.add(0, BigInteger.ZERO);
    while (g.get(g.size() - 1).signum() == 0 && g.size() > 1) {
      g.remove(g.size() - 1);
    }
    Require.argument(
        g.size() > 1, "coefficients %s must have one that is not 0", coefficientsFromPower1);
    requireCondition("g(1)", sum(g), BigInteger.ONE, g);
    requireCondition("g'(0)", g.get(1), BigInteger.ZERO, g);
    requireCondition("g'(1)", sum(RealRoots.derivative(g)), BigInteger.ZERO, g);
    return new IdempotentPolynomial(g);
  }

  private static BigInteger sum(List<BigInteger> coefficients) {
    return coefficients.stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static void requireCondition(
      String name, BigInteger value, BigInteger required, List<BigInteger> g) {
    Require.argument(
        value.equals(required),
        "%s (%s) must be %s for %s to be an idempotent iterator",
        name,
        value,
        required,
        written(g));
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
   * @param p positive
   */
  public static IdempotentPolynomial ofOrder(int p) {
    Require.positive("order", p);
    List<BigInteger> coefficients = new ArrayList<>(Collections.nCopies(p, BigInteger.ZERO));
    for (int j = 0; j <= p; j++) {
      BigInteger size = binomial(p + j, j).multiply(binomial(2 * p + 1, p - j));
      coefficients.add(j % 2 == 0 ? size : size.negate());
    }
    return of(coefficients);
  }

  private static BigInteger binomial(int n, int k) {
    BigInteger value = BigInteger.ONE;
    for (int i = 1; i <= k; i++) {
      value = value.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return value;
  }

  /**
   * The quintic that keeps all the cubic keeps and is steeper between:
   *
   * <pre>g(K) = 3K^2 - 2K^3 + c K^2 (I - K)^2 (2K - I)</pre>
   *
   * <p>g(1 - k) = 1 - g(k) for every c; the slope at the separatrix is g'(1/2) = 3/2 + c/8. c = 0
   * is the cubic, c = 3 the smoothstep of order 2.
   *
   * @param steepness c, 1 to 8: at 8 the slope is 5/2, more than the 9/4 of two cubic steps, and
   *     [0, 1] is mapped into (-0.031, 1.031), well within the basins; far above, it no longer is
   */
  public static IdempotentPolynomial steepQuintic(int steepness) {
    Require.argument(
        steepness >= 1 && steepness <= 8, "steepness (%s) must be from 1 to 8", steepness);
    long c = steepness;
    return of(0, 3 - c, 4 * c - 2, -5 * c, 2 * c);
  }

  /** The highest power. */
  public int degree() {
    return exact.size() - 1;
  }

  /** The coefficient of K^power, 0 above the degree; {@code power} must not be negative. */
  public BigInteger coefficient(int power) {
    Require.notNegative("power", power);
    return power < exact.size() ? exact.get(power) : BigInteger.ZERO;
  }

  /**
   * g(k) by Horner's rule. An infinite k gives the limit, NaN is refused; the rounding error is
   * about 1e-16 times the sum of |a_i k^i|.
   */
  public double evaluate(double k) {
    requireNumber(k);
    double value = 0;
    for (int power = degree(); power >= 1; power--) {
      value = (value + rounded[power]) * k;
    }
    return value;
  }

  /** g(k) by Horner's rule; not finite where a power of k overflows. NaN is refused. */
  public Complex evaluate(Complex k) {
    Require.argument(!Double.isNaN(k.re()) && !Double.isNaN(k.im()), "k (%s) must be a number", k);
    double re = 0;
    double im = 0;
    for (int power = degree(); power >= 1; power--) {
      double shifted = re + rounded[power];
      re = shifted * k.re() - im * k.im();
      im = shifted * k.im() + im * k.re();
    }
    return new Complex(re, im);
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
    double[][] value = SquareMatrices.scaled(k, rounded[degree()]);
    for (int power = degree() - 1; power >= 1; power--) {
      SquareMatrices.addToDiagonal(value, rounded[power]);
      value = SquareMatrices.product(value, k);
    }
    return value;
  }

  /** g'(k) by Horner's rule; NaN is refused. */
  public double derivative(double k) {
    requireNumber(k);
    double value = 0;
    for (int power = degree(); power > 1; power--) {
      value = (value + power * rounded[power]) * k;
    }
    return value + rounded[1];
  }

  private static void requireNumber(double k) {
    Require.argument(!Double.isNaN(k), "k (NaN) must be a number");
  }

  /** g applied {@code steps} times to k: k itself for none; infinite once the orbit overflows. */
  public double iterate(double k, int steps) {
    requireNumber(k);
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

  /** Where the iteration of g leads: fixed points and basins. */
  public Dynamics dynamics() {
    return new Dynamics(this, exact);
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
    return written(exact);
  }

  private static String written(List<BigInteger> coefficients) {
    StringBuilder text = new StringBuilder();
    for (int power = 1; power < coefficients.size(); power++) {
      BigInteger coefficient = coefficients.get(power);
      if (coefficient.signum() != 0) {
        boolean negative = coefficient.signum() < 0;
        text.append(text.isEmpty() ? (negative ? "-" : "") : negative ? " - " : " + ");
        BigInteger size = coefficient.abs();
        text.append(size.equals(BigInteger.ONE) ? "" : size);
        text.append(power == 1 ? "K" : "K^" + power);
      }
    }
    return text.toString();
  }

  /**
   * A complex number re + i im in double precision, with the arithmetic that iterating a polynomial
   * needs. Any doubles are allowed; an overflow or a NaN spreads as in real arithmetic.
   */
  public record Complex(double re, double im) {

    /** 0. */
    public static final Complex ZERO = new Complex(0, 0);

    /** 1. */
    public static final Complex ONE = new Complex(1, 0);

    /** this + other. */
    public Complex plus(Complex other) {
      return new Complex(re + other.re, im + other.im);
    }

    /** this - other. */
    public Complex minus(Complex other) {
      return new Complex(re - other.re, im - other.im);
    }

    /** this * other. */
    public Complex times(Complex other) {
      return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    /** this * factor for a real factor. */
    public Complex times(double factor) {
      return new Complex(re * factor, im * factor);
    }

    /** re - i im. */
    public Complex conjugate() {
      return new Complex(re, -im);
    }

    /** |this| = sqrt(re^2 + im^2), without overflow on the way. */
    public double modulus() {
      return Math.hypot(re, im);
    }

    /** Whether both parts are finite. */
    public boolean isFinite() {
      return Double.isFinite(re) && Double.isFinite(im);
    }

    /** Written 0.5 + 1.25i. */
    @Override
    public String toString() {
      boolean below = im < 0;
      return re + (below ? " - " : " + ") + (below ? -im : im) + "i";
    }
  }
}
