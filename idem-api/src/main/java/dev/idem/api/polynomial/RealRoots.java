package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * All real roots of a polynomial with integer coefficients, none missed and none invented: roots
 * are isolated by bisection and Descartes' rule of signs (Collins and Akritas, 1976) in exact
 * arithmetic, then bisected. A root with at most {@link #FRACTION_BITS} binary places is found
 * exactly, any other to within 2^-128.
 */
final class RealRoots {

  private static final int FRACTION_BITS = 128;

  private final IntegerPolynomial squareFree;
  private final Rational bound;
  private final List<Rational> found = new ArrayList<>();

  private RealRoots(IntegerPolynomial squareFree) {
    this.squareFree = squareFree;
    this.bound = powerOfTwo(boundExponent(squareFree));
  }

  /** The distinct real roots of {@code f}, ascending; {@code f} must not be constant. */
  static List<Rational> of(IntegerPolynomial f) {
    Require.argument(f.degree() > 0, "polynomial (%s) must not be constant", f);
    IntegerPolynomial squareFree = SquareFree.part(f);
    List<Rational> roots = new ArrayList<>(positive(squareFree.reflected()));
    roots.replaceAll(Rational::negate);
    if (squareFree.coefficient(0).signum() == 0) {
      roots.add(Rational.ZERO);
    }
    roots.addAll(positive(squareFree));
    Collections.sort(roots);
    return roots;
  }

  private static List<Rational> positive(IntegerPolynomial squareFree) {
    RealRoots roots = new RealRoots(squareFree);
    BigInteger[] scaled = squareFree.coefficients().toArray(BigInteger[]::new);
    int exponent = boundExponent(squareFree);
    for (int power = 0; power < scaled.length; power++) {
      scaled[power] = scaled[power].shiftLeft(power * exponent);
    }
    roots.isolate(scaled, BigInteger.ZERO, 0);
    return roots.found;
  }

  /** e >= 0 such that every root is inside 2^e: Fujiwara's bound rounded up to a power of two. */
  private static int boundExponent(IntegerPolynomial f) {
    int leadingBits = f.leading().abs().bitLength();
    int exponent = 0;
    for (int below = 1; below <= f.degree(); below++) {
      int excess = f.coefficient(f.degree() - below).abs().bitLength() - leadingBits + 1;
      exponent = Math.max(exponent, Math.floorDiv(excess + below - 1, below));
    }
    return exponent + 1;
  }

  /**
   * Finds the roots inside (index, index + 1) * bound / 2^depth.
   *
   * @param local a polynomial whose roots in (0, 1) are those, by an affine change of variable
   */
  private void isolate(BigInteger[] local, BigInteger index, int depth) {
    int variations = variations(local);
    if (variations == 0) {
      return;
    }
    if (variations == 1) {
      found.add(refined(at(index, depth), at(index.add(BigInteger.ONE), depth)));
      return;
    }
    BigInteger[] left = halved(local);
    BigInteger[] right = left.clone();
    shiftByOne(right);
    BigInteger middle = index.shiftLeft(1).add(BigInteger.ONE);
    isolate(left, index.shiftLeft(1), depth + 1);
    if (right[0].signum() == 0) {
      found.add(at(middle, depth + 1));
    }
    isolate(right, middle, depth + 1);
  }

  private Rational at(BigInteger index, int depth) {
    return new Rational(index, BigInteger.ONE.shiftLeft(depth)).times(bound);
  }

  private static Rational powerOfTwo(int exponent) {
    return Rational.of(BigInteger.ONE.shiftLeft(exponent));
  }

  /** Bisects the only root inside (low, high), a simple one; the ends may be roots themselves. */
  private Rational refined(Rational low, Rational high) {
    int atLow = squareFree.signAt(low);
    int rightOfLow = atLow == 0 ? squareFree.derivative().signAt(low) : atLow;
    Rational half = new Rational(BigInteger.ONE, BigInteger.TWO);
    Rational precision = new Rational(BigInteger.ONE, BigInteger.ONE.shiftLeft(FRACTION_BITS));
    Rational left = low;
    Rational right = high;
    while (true) {
      Rational middle = left.plus(right).times(half);
      int sign = squareFree.signAt(middle);
      if (sign == 0 || right.minus(left).compareTo(precision) < 0) {
        return middle;
      }
      if (sign == rightOfLow) {
        left = middle;
      } else {
        right = middle;
      }
    }
  }

  /** The sign changes of (1 + x)^n local(1 / (1 + x)): 0 or 1 is the number of roots in (0, 1). */
  private static int variations(BigInteger[] local) {
    BigInteger[] transformed = local.clone();
    Collections.reverse(Arrays.asList(transformed));
    shiftByOne(transformed);
    int variations = 0;
    int last = 0;
    for (BigInteger coefficient : transformed) {
      int sign = coefficient.signum();
      if (sign != 0) {
        variations += last * sign < 0 ? 1 : 0;
        last = sign;
      }
    }
    return variations;
  }

  /** 2^n local(x / 2). */
  private static BigInteger[] halved(BigInteger[] local) {
    BigInteger[] halved = new BigInteger[local.length];
    Arrays.setAll(halved, power -> local[power].shiftLeft(local.length - 1 - power));
    return halved;
  }

  /** Replaces f(x) by f(x + 1). */
  private static void shiftByOne(BigInteger[] f) {
    for (int low = 0; low < f.length - 1; low++) {
      for (int power = f.length - 2; power >= low; power--) {
        f[power] = f[power].add(f[power + 1]);
      }
    }
  }
}
