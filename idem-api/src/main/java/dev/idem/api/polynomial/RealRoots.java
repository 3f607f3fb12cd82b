package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * All real roots of a polynomial with integer coefficients, none missed and none invented: of its
 * square-free part, roots are isolated by bisection and Descartes' rule of signs (Collins and
 * Akritas, 1976) in exact arithmetic, then bisected. A root with at most {@link #FRACTION_BITS}
 * binary places is found exactly, any other to within 2^-128.
 */
final class RealRoots {

  private static final int FRACTION_BITS = 128;

  /** The Mersenne prime 2^31 - 1: products of residues fit a long. */
  private static final long PRIME = Integer.MAX_VALUE;

  private final IntegerPolynomial squareFree;

  /** Every root is inside 2^exponent. */
  private final int exponent;

  private final List<Rational> found = new ArrayList<>();

  private RealRoots(IntegerPolynomial squareFree) {
    this.squareFree = squareFree;
    this.exponent = boundExponent(squareFree);
  }

  /** The distinct real roots of {@code f}, ascending; {@code f} must not be constant. */
  static List<Rational> of(IntegerPolynomial f) {
    Require.argument(f.degree() > 0, "polynomial (%s) must not be constant", f);
    IntegerPolynomial squareFree = squareFreePart(f);
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
    Arrays.setAll(scaled, power -> scaled[power].shiftLeft(power * roots.exponent));
    roots.isolate(scaled, BigInteger.ZERO, 0);
    return roots.found;
  }

  /** Fujiwara's bound rounded up to a power of two, at least 1. */
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
   * Finds the roots inside (index, index + 1) * 2^(exponent - depth).
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
    return new Rational(index.shiftLeft(exponent), BigInteger.ONE.shiftLeft(depth));
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

  /** f / gcd(f, f') up to a constant factor: the same roots, each once. Not for a constant. */
  static IntegerPolynomial squareFreePart(IntegerPolynomial f) {
    return isSquareFreeModuloPrime(f) ? f : quotient(f, gcd(f, f.derivative()));
  }

  /**
   * Whether f is square-free modulo a prime that does not divide its leading coefficient, which
   * proves that f is (its discriminant is not 0). The exact gcd of a large f is slow, and mostly 1.
   */
  private static boolean isSquareFreeModuloPrime(IntegerPolynomial f) {
    long[] a = residues(f);
    long[] b = residues(f.derivative());
    if (a.length <= f.degree() || b.length < f.degree()) {
      return false;
    }
    while (b.length > 1) {
      long[] remainder = remainder(a, b);
      a = b;
      b = remainder;
    }
    return b.length == 1;
  }

  private static long[] residues(IntegerPolynomial f) {
    BigInteger prime = BigInteger.valueOf(PRIME);
    return trimmed(f.coefficients().stream().mapToLong(c -> c.mod(prime).longValue()).toArray());
  }

  private static long[] trimmed(long[] a) {
    int length = a.length;
    while (length > 0 && a[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(a, length);
  }

  private static long[] remainder(long[] dividend, long[] divisor) {
    long[] rest = dividend.clone();
    int degree = divisor.length - 1;
    long inverse =
        BigInteger.valueOf(divisor[degree]).modInverse(BigInteger.valueOf(PRIME)).longValue();
    for (int top = rest.length - 1; top >= degree; top--) {
      long factor = rest[top] * inverse % PRIME;
      for (int i = 0; i <= degree; i++) {
        long product = factor * divisor[i] % PRIME;
        rest[top - degree + i] = (rest[top - degree + i] - product + PRIME) % PRIME;
      }
    }
    return trimmed(rest);
  }

  /** Euclid's algorithm with pseudo-remainders, freed of common factors so that they stay small. */
  private static IntegerPolynomial gcd(IntegerPolynomial a, IntegerPolynomial b) {
    IntegerPolynomial dividend = primitive(a);
    IntegerPolynomial divisor = primitive(b);
    while (divisor.degree() >= 0) {
      IntegerPolynomial rest = primitive(pseudoDivided(dividend, divisor).remainder());
      dividend = divisor;
      divisor = rest;
    }
    return dividend;
  }

  /** a / b up to a constant factor, where b divides a over the rationals. */
  static IntegerPolynomial quotient(IntegerPolynomial a, IntegerPolynomial b) {
    return primitive(pseudoDivided(a, b).quotient());
  }

  /** f without the common factor of its coefficients. */
  private static IntegerPolynomial primitive(IntegerPolynomial f) {
    BigInteger content = f.coefficients().stream().reduce(BigInteger.ZERO, BigInteger::gcd);
    return content.signum() == 0
        ? f
        : new IntegerPolynomial(f.coefficients().stream().map(c -> c.divide(content)).toList());
  }

  /** Some multiple of a, by a constant, is quotient * b + remainder. */
  private record PseudoDivision(IntegerPolynomial quotient, IntegerPolynomial remainder) {}

  private static PseudoDivision pseudoDivided(IntegerPolynomial a, IntegerPolynomial b) {
    IntegerPolynomial quotient = new IntegerPolynomial(List.of());
    IntegerPolynomial rest = a;
    while (rest.degree() >= b.degree()) {
      List<BigInteger> leading =
          new ArrayList<>(Collections.nCopies(rest.degree() - b.degree(), BigInteger.ZERO));
      leading.add(rest.leading());
      IntegerPolynomial term = new IntegerPolynomial(leading);
      quotient = quotient.times(b.leading()).plus(term);
      rest = rest.times(b.leading()).minus(b.times(term));
    }
    return new PseudoDivision(quotient, rest);
  }
}
