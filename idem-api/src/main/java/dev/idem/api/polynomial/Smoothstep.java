package dev.idem.api.polynomial;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The closed form of the smoothstep family. */
final class Smoothstep {

  private Smoothstep() {}

  /** The coefficients of K, K^2, ..., K^(2p + 1) in the polynomial of order p. */
  static List<BigInteger> coefficients(int p) {
    List<BigInteger> coefficients = new ArrayList<>(Collections.nCopies(p, BigInteger.ZERO));
    for (int j = 0; j <= p; j++) {
      BigInteger size = binomial(p + j, j).multiply(binomial(2 * p + 1, p - j));
      coefficients.add(j % 2 == 0 ? size : size.negate());
    }
    return coefficients;
  }

  private static BigInteger binomial(int n, int k) {
    BigInteger value = BigInteger.ONE;
    for (int i = 1; i <= k; i++) {
      value = value.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return value;
  }
}
