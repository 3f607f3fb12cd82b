package dev.idem.api.polynomial;

import java.math.BigInteger;
import java.util.List;

/** What {@link AnsatzSolver} found: one polynomial, none, or a family. */
public sealed interface AnsatzSolution {

  /** A sentence that says what was found, and why there is not exactly one if so. */
  String message();

  /**
   * Exactly one polynomial satisfies the conditions.
   *
   * @param coefficients of K, K^2, K^3, ... up to the highest power allowed, zeros included
   */
  record Unique(List<BigInteger> coefficients) implements AnsatzSolution {

    public Unique {
      coefficients = List.copyOf(coefficients);
    }

    /**
     * The polynomial as an iterator.
     *
     * @throws IllegalArgumentException if the conditions did not make it one: g(1) is not 1, or
     *     g'(0) or g'(1) is not 0
     */
    public IdempotentPolynomial polynomial() {
      return IdempotentPolynomial.of(coefficients);
    }

    @Override
    public String message() {
      return "the conditions leave one polynomial, with coefficients " + coefficients;
    }
  }

  /**
   * No polynomial with the allowed powers satisfies the conditions.
   *
   * @param message names the first condition that contradicts those before it
   */
  record NoSolution(String message) implements AnsatzSolution {}

  /**
   * A family of polynomials satisfies the conditions.
   *
   * @param freeParameters the dimension of the family, at least 1
   * @param message says how many coefficients the conditions leave free
   */
  record Underdetermined(int freeParameters, String message) implements AnsatzSolution {}
}
