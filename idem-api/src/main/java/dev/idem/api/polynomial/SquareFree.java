package dev.idem.api.polynomial;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The square-free part of a polynomial: the same roots, each once. */
final class SquareFree {

  /** The Mersenne prime 2^31 - 1: products of residues fit a long. */
  private static final long PRIME = Integer.MAX_VALUE;

  private SquareFree() {}

  /** f / gcd(f, f') up to a constant factor; {@code f} must not be constant. */
  static IntegerPolynomial part(IntegerPolynomial f) {
    return isSquareFreeModuloPrime(f) ? f : dividedBy(f, gcd(f, f.derivative()));
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
  static IntegerPolynomial dividedBy(IntegerPolynomial a, IntegerPolynomial b) {
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
      IntegerPolynomial term = monomial(rest.leading(), rest.degree() - b.degree());
      quotient = quotient.times(b.leading()).plus(term);
      rest = rest.times(b.leading()).minus(b.times(term));
    }
    return new PseudoDivision(quotient, rest);
  }

  private static IntegerPolynomial monomial(BigInteger coefficient, int power) {
    List<BigInteger> coefficients = new ArrayList<>();
    for (int i = 0; i < power; i++) {
      coefficients.add(BigInteger.ZERO);
    }
    coefficients.add(coefficient);
    return new IntegerPolynomial(coefficients);
  }
}
