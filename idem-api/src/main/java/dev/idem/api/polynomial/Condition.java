package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;

/**
 * A linear condition on a polynomial g: its derivative of order {@code derivativeOrder} at {@code
 * point} equals {@code value}.
 *
 * @param point where, such as 0 or 1
 * @param derivativeOrder 0 for the value of g itself
 * @param value what is required there
 */
public record Condition(long point, int derivativeOrder, long value) {

  public Condition {
    Require.notNegative("derivativeOrder", derivativeOrder);
  }

  /** g(point) = value. */
  public static Condition value(long point, long value) {
    return new Condition(point, 0, value);
  }

  /** What K^power contributes to the left side: power! / (power - m)! point^(power - m). */
  Rational factorOf(int power) {
    if (power < derivativeOrder) {
      return Rational.ZERO;
    }
    BigInteger factor = BigInteger.valueOf(point).pow(power - derivativeOrder);
    for (int i = 0; i < derivativeOrder; i++) {
      factor = factor.multiply(BigInteger.valueOf(power - i));
    }
    return Rational.of(factor);
  }

  /** Written g'(1) = 0. */
  @Override
  public String toString() {
    String order =
        derivativeOrder <= 3 ? "'".repeat(derivativeOrder) : "^(" + derivativeOrder + ")";
    return "g" + order + "(" + point + ") = " + value;
  }
}
