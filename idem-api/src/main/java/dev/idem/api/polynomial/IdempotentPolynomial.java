package dev.idem.api.polynomial;

import java.math.BigInteger;
import java.util.List;

/** A polynomial g with g(K) closer to idempotent than K. */
public final class IdempotentPolynomial {

  private static final IdempotentPolynomial CUBIC =
      new IdempotentPolynomial(
          List.of(BigInteger.ZERO, BigInteger.ZERO, BigInteger.valueOf(3), BigInteger.valueOf(-2)));

  private final List<BigInteger> coefficients;

  private IdempotentPolynomial(List<BigInteger> coefficients) {
    this.coefficients = List.copyOf(coefficients);
  }

  /** 3K^2 - 2K^3. */
  public static IdempotentPolynomial cubic() {
    return CUBIC;
  }

  /** The highest power. */
  public int degree() {
    return coefficients.size() - 1;
  }

  /** The coefficient of K^power. */
  public BigInteger coefficient(int power) {
    return power < coefficients.size() ? coefficients.get(power) : BigInteger.ZERO;
  }

  @Override
  public String toString() {
    return "3K^2 - 2K^3";
  }
}
