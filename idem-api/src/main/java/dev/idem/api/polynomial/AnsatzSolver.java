package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Solves Jensen and Vicary's ansatz K' = a_1 K + a_2 K^2 + ... + a_j K^j for its coefficients,
 * exactly. With K = P + e, P^2 = P and e M e = 0 for every M, K'^2 = K' comes down to conditions on
 * g(k) = a_1 k + ... + a_j k^j and its derivatives at 0 and 1: see {@link #idempotency}.
 */
public final class AnsatzSolver {

  /**
   * A linear condition on g: its derivative of order {@code derivativeOrder} at {@code point}
   * equals {@code value}.
   *
   * @param derivativeOrder 0 for the value of g itself
   */
  public record Condition(long point, int derivativeOrder, long value) {

    public Condition {
      Require.notNegative("derivativeOrder", derivativeOrder);
    }

    /** What K^power contributes to the left side: power! / (power - m)! point^(power - m). */
    private BigInteger factorOf(int power) {
      if (power < derivativeOrder) {
        return BigInteger.ZERO;
      }
      BigInteger factor = BigInteger.valueOf(point).pow(power - derivativeOrder);
      for (int i = 0; i < derivativeOrder; i++) {
        factor = factor.multiply(BigInteger.valueOf(power - i));
      }
      return factor;
    }

    /** Written g'(1) = 0. */
    @Override
    public String toString() {
      String order =
          derivativeOrder <= 3 ? "'".repeat(derivativeOrder) : "^(" + derivativeOrder + ")";
      return "g" + order + "(" + point + ") = " + value;
    }
  }

  private final List<Integer> powers;

  /** The ansatz with the powers 1 to {@code highestPower}, which is positive. */
  public AnsatzSolver(int highestPower) {
    Require.positive("highestPower", highestPower);
    powers = IntStream.rangeClosed(1, highestPower).boxed().toList();
  }

  /**
   * The conditions of an idempotent iterator of order p: g(0) = 0, g(1) = 1, and the derivatives 1
   * to p are 0 at 0 and at 1. For p = 1 they are what the ansatz forces; powers up to 2p + 1 make
   * the solution unique.
   *
   * @param order p, positive
   */
  public static List<Condition> idempotency(int order) {
    Require.positive("order", order);
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new Condition(0, 0, 0));
    conditions.add(new Condition(1, 0, 1));
    for (int derivative = 1; derivative <= order; derivative++) {
      conditions.add(new Condition(0, derivative, 0));
      conditions.add(new Condition(1, derivative, 0));
    }
    return List.copyOf(conditions);
  }

  /**
   * The one iterator that satisfies all {@code conditions}.
   *
   * @throws IllegalArgumentException as {@link #coefficients}, or if the one is not an idempotent
   *     iterator
   */
  public IdempotentPolynomial solve(List<Condition> conditions) {
    return IdempotentPolynomial.of(coefficients(conditions));
  }

  /**
   * The coefficients of K, K^2, K^3, ..., zeros included, of the one polynomial that satisfies all
   * {@code conditions}.
   *
   * @throws IllegalArgumentException naming the first condition that contradicts those before it if
   *     there is none, or how many coefficients are left free if there is more than one
   * @throws ArithmeticException if a coefficient is not whole
   */
  public List<BigInteger> coefficients(List<Condition> conditions) {
    // Rows by the column that is cleared in all others; the right side is a row's last entry.
    Map<Integer, BigInteger[]> rows = new TreeMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      Require.argument(
          add(conditions.get(i), rows),
          "no polynomial with powers %s has %s%s",
          powers,
          conditions.get(i),
          i == 0 ? "" : " as well as " + conditions.subList(0, i));
    }
    int free = powers.size() - rows.size();
    Require.argument(
        free == 0,
        "the conditions fix %s of the %s coefficients of powers %s and leave %s free parameter%s",
        powers.size() - free,
        powers.size(),
        powers,
        free,
        free == 1 ? "" : "s");
    // Each row is now that of one coefficient alone, in lowest terms.
    List<BigInteger> numerators = new ArrayList<>();
    List<String> fractions = new ArrayList<>();
    rows.forEach(
        (pivot, row) -> {
          BigInteger denominator = row[pivot].abs();
          numerators.add(row[powers.size()].multiply(BigInteger.valueOf(row[pivot].signum())));
          fractions.add(
              numerators.get(pivot)
                  + (denominator.equals(BigInteger.ONE) ? "" : "/" + denominator));
        });
    if (fractions.stream().anyMatch(fraction -> fraction.contains("/"))) {
      throw new ArithmeticException(
          "coefficients " + fractions + " of powers " + powers + " must all be whole numbers");
    }
    return numerators;
  }

  /**
   * Adds a condition's equation to those before it by a step of Gauss and Jordan's elimination.
   *
   * @return false if it contradicts them
   */
  private boolean add(Condition condition, Map<Integer, BigInteger[]> rows) {
    BigInteger[] row = new BigInteger[powers.size() + 1];
    Arrays.setAll(row, column -> condition.factorOf(column + 1));
    row[powers.size()] = BigInteger.valueOf(condition.value());
    rows.forEach((pivot, reduced) -> clear(row, reduced, pivot));
    reduce(row);
    int pivot = 0;
    while (pivot < powers.size() && row[pivot].signum() == 0) {
      pivot++;
    }
    if (pivot == powers.size()) {
      return row[pivot].signum() == 0;
    }
    for (BigInteger[] reduced : rows.values()) {
      clear(reduced, row, pivot);
    }
    rows.put(pivot, row);
    return true;
  }

  /** Clears {@code row} at {@code pivot} by a multiple of {@code reduced}. */
  private static void clear(BigInteger[] row, BigInteger[] reduced, int pivot) {
    BigInteger factor = row[pivot];
    Arrays.setAll(
        row,
        column -> row[column].multiply(reduced[pivot]).subtract(factor.multiply(reduced[column])));
    reduce(row);
  }

  /** Divides by the common factor. */
  private static void reduce(BigInteger[] row) {
    BigInteger common = Arrays.stream(row).reduce(BigInteger.ZERO, BigInteger::gcd);
    if (common.signum() != 0) {
      Arrays.setAll(row, column -> row[column].divide(common));
    }
  }
}
