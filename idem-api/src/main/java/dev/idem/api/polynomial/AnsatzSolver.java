package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** g(point) = value. */
    public static Condition value(long point, long value) {
      return new Condition(point, 0, value);
    }

    /** What K^power contributes to the left side: power! / (power - m)! point^(power - m). */
    private Rational factorOf(int power) {
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

  private final SortedSet<Integer> powers;

  private AnsatzSolver(Collection<Integer> powers) {
    Require.argument(!powers.isEmpty(), "powers [] must have at least one");
    for (int power : powers) {
      Require.positive("power", power);
    }
    this.powers = Collections.unmodifiableSortedSet(new TreeSet<>(powers));
  }

  /** The ansatz with the powers 1 to {@code highestPower}, which is positive. */
  public static AnsatzSolver upTo(int highestPower) {
    Require.positive("highestPower", highestPower);
    return new AnsatzSolver(IntStream.rangeClosed(1, highestPower).boxed().toList());
  }

  /**
   * The ansatz with these powers alone, at least one, all positive; one named twice counts once.
   */
  public static AnsatzSolver withPowers(int... powers) {
    return new AnsatzSolver(IntStream.of(powers).boxed().toList());
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
    conditions.add(Condition.value(0, 0));
    conditions.add(Condition.value(1, 1));
    for (int derivative = 1; derivative <= order; derivative++) {
      conditions.add(new Condition(0, derivative, 0));
      conditions.add(new Condition(1, derivative, 0));
    }
    return List.copyOf(conditions);
  }

  /**
   * The one iterator that satisfies all {@code conditions}.
   *
   * @throws IllegalArgumentException if there is none or more than one, or if the one is not an
   *     idempotent iterator
   * @throws ArithmeticException if a coefficient of the one is not whole
   */
  public IdempotentPolynomial solve(List<Condition> conditions) {
    return IdempotentPolynomial.of(coefficients(conditions));
  }

  /**
   * The coefficients of K, K^2, K^3, ... up to the highest power allowed, zeros included, of the
   * one polynomial that satisfies all {@code conditions}.
   *
   * @throws IllegalArgumentException naming the first condition that contradicts those before it if
   *     there is none, or how many coefficients are left free if there is more than one
   * @throws ArithmeticException if a coefficient is not whole
   */
  public List<BigInteger> coefficients(List<Condition> conditions) {
    // Reduced rows by the power of their leading 1; the right side is the last entry of a row.
    TreeMap<Integer, Rational[]> rows = new TreeMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      if (!add(conditions.get(i), rows)) {
        throw new IllegalArgumentException(
            contradiction(conditions.get(i), conditions.subList(0, i)));
      }
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
    return whole(rows.values().stream().map(row -> row[powers.size()]).toList());
  }

  /**
   * Adds a condition's equation to those before it by a step of Gauss and Jordan's elimination.
   *
   * @return false if it contradicts them
   */
  private boolean add(Condition condition, Map<Integer, Rational[]> rows) {
    List<Rational> factors = powers.stream().map(condition::factorOf).toList();
    Rational[] row = factors.toArray(new Rational[powers.size() + 1]);
    row[powers.size()] = Rational.of(condition.value());
    rows.forEach((pivot, reduced) -> clear(row, reduced, pivot));
    int pivot = 0;
    while (pivot < powers.size() && row[pivot].signum() == 0) {
      pivot++;
    }
    if (pivot == powers.size()) {
      return row[pivot].signum() == 0;
    }
    Rational leading = row[pivot];
    Arrays.setAll(row, column -> row[column].dividedBy(leading));
    for (Rational[] reduced : rows.values()) {
      clear(reduced, row, pivot);
    }
    rows.put(pivot, row);
    return true;
  }

  /** Subtracts the multiple of {@code reduced} that clears {@code row} at {@code pivot}. */
  private static void clear(Rational[] row, Rational[] reduced, int pivot) {
    Rational factor = row[pivot];
    if (factor.signum() != 0) {
      Arrays.setAll(row, column -> row[column].minus(factor.times(reduced[column])));
    }
  }

  private String contradiction(Condition condition, List<Condition> before) {
    return "no polynomial with powers %s has %s".formatted(powers, condition)
        + (before.isEmpty() ? "" : " as well as " + before);
  }

  private List<BigInteger> whole(List<Rational> solution) {
    List<BigInteger> coefficients =
        new ArrayList<>(Collections.nCopies(powers.last(), BigInteger.ZERO));
    int index = 0;
    for (int power : powers) {
      Rational coefficient = solution.get(index++);
      if (!coefficient.isInteger()) {
        throw new ArithmeticException(
            "coefficients " + solution + " of powers " + powers + " must all be whole numbers");
      }
      coefficients.set(power - 1, coefficient.numerator());
    }
    return coefficients;
  }
}
