package dev.idem.api.polynomial;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A polynomial c_0 + c_1 k + ... + c_n k^n with exact integer coefficients; the zero polynomial has
 * none and degree -1.
 *
 * @param coefficients index is the power; the last one is not zero
 */
record IntegerPolynomial(List<BigInteger> coefficients) {

  IntegerPolynomial {
    int length = coefficients.size();
    while (length > 0 && coefficients.get(length - 1).signum() == 0) {
      length--;
    }
    coefficients = List.copyOf(coefficients.subList(0, length));
  }

  int degree() {
    return coefficients.size() - 1;
  }

  BigInteger coefficient(int power) {
    return power < coefficients.size() ? coefficients.get(power) : BigInteger.ZERO;
  }

  BigInteger leading() {
    return coefficients.get(degree());
  }

  IntegerPolynomial plus(IntegerPolynomial other) {
    int length = Math.max(coefficients.size(), other.coefficients.size());
    List<BigInteger> sum = new ArrayList<>(length);
    for (int power = 0; power < length; power++) {
      sum.add(coefficient(power).add(other.coefficient(power)));
    }
    return new IntegerPolynomial(sum);
  }

  IntegerPolynomial minus(IntegerPolynomial other) {
    return plus(other.times(BigInteger.ONE.negate()));
  }

  IntegerPolynomial times(BigInteger factor) {
    return new IntegerPolynomial(coefficients.stream().map(factor::multiply).toList());
  }

  IntegerPolynomial times(IntegerPolynomial other) {
    if (degree() < 0 || other.degree() < 0) {
      return new IntegerPolynomial(List.of());
    }
    BigInteger[] product = new BigInteger[degree() + other.degree() + 1];
    Arrays.fill(product, BigInteger.ZERO);
    for (int i = 0; i <= degree(); i++) {
      for (int j = 0; j <= other.degree(); j++) {
        product[i + j] = product[i + j].add(coefficient(i).multiply(other.coefficient(j)));
      }
    }
    return new IntegerPolynomial(List.of(product));
  }

  /** This polynomial of {@code inner}: k -> this(inner(k)). */
  IntegerPolynomial compose(IntegerPolynomial inner) {
    IntegerPolynomial result = new IntegerPolynomial(List.of());
    for (int power = degree(); power >= 0; power--) {
      result = result.times(inner).plus(new IntegerPolynomial(List.of(coefficient(power))));
    }
    return result;
  }

  /** k -> this(-k). */
  IntegerPolynomial reflected() {
    List<BigInteger> reflected = new ArrayList<>(coefficients);
    for (int power = 1; power < reflected.size(); power += 2) {
      reflected.set(power, reflected.get(power).negate());
    }
    return new IntegerPolynomial(reflected);
  }

  IntegerPolynomial derivative() {
    List<BigInteger> derivative = new ArrayList<>();
    for (int power = 1; power <= degree(); power++) {
      derivative.add(coefficient(power).multiply(BigInteger.valueOf(power)));
    }
    return new IntegerPolynomial(derivative);
  }

  Rational valueAt(Rational k) {
    return new Rational(scaledValueAt(k), k.denominator().pow(Math.max(degree(), 0)));
  }

  int signAt(Rational k) {
    return scaledValueAt(k).signum();
  }

  /** The value at k times denominator^degree: an integer, so no fraction is reduced on the way. */
  private BigInteger scaledValueAt(Rational k) {
    BigInteger value = BigInteger.ZERO;
    BigInteger scale = BigInteger.ONE;
    for (int power = degree(); power >= 0; power--) {
      value = value.multiply(k.numerator()).add(coefficient(power).multiply(scale));
      scale = scale.multiply(k.denominator());
    }
    return value;
  }

  /** Written 3K^2 - 2K^3. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int power = 0; power <= degree(); power++) {
      BigInteger coefficient = coefficient(power);
      if (coefficient.signum() != 0) {
        text.append(sign(coefficient, text.isEmpty())).append(term(coefficient.abs(), power));
      }
    }
    return text.isEmpty() ? "0" : text.toString();
  }

  private static String sign(BigInteger coefficient, boolean first) {
    if (first) {
      return coefficient.signum() < 0 ? "-" : "";
    }
    return coefficient.signum() < 0 ? " - " : " + ";
  }

  private static String term(BigInteger size, int power) {
    if (power == 0) {
      return size.toString();
    }
    String factor = size.equals(BigInteger.ONE) ? "" : size.toString();
    return factor + (power == 1 ? "K" : "K^" + power);
  }
}
