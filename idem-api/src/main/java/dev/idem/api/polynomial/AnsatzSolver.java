package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Solves Jensen and Vicary's ansatz K' = a_1 K + a_2 K^2 + ... + a_j K^j for its coefficients,
 * exactly. With K = P + e, P^2 = P and e M e = 0 for every M, K'^2 = K' comes down to conditions on
 * g(k) = a_1 k + ... + a_j k^j and its derivatives at 0 and 1: see {@link #idempotency}.
 */
public final class AnsatzSolver {

  private final SortedSet<Integer> powers;

  private AnsatzSolver(Collection<Integer> powers) {
    Require.argument(!powers.isEmpty(), "powers [] must have at least one");
    for (int power : powers) {
      Require.positive("power", power);
    }
    this.powers = Collections.unmodifiableSortedSet(new TreeSet<>(powers));
  }

  /**
   * The ansatz with the powers 1 to {@code highestPower}.
   *
   * @throws IllegalArgumentException if {@code highestPower} is below 1
   */
  public static AnsatzSolver upTo(int highestPower) {
    Require.positive("highestPower", highestPower);
    return new AnsatzSolver(IntStream.rangeClosed(1, highestPower).boxed().toList());
  }

  /**
   * The ansatz with these powers alone; one named twice counts once.
   *
   * @throws IllegalArgumentException if there is none, or one below 1
   */
  public static AnsatzSolver withPowers(int... powers) {
    return new AnsatzSolver(IntStream.of(powers).boxed().toList());
  }

  /**
   * The conditions of an idempotent iterator of order p: g(0) = 0, g(1) = 1, and the derivatives 1
   * to p are 0 at 0 and at 1. For p = 1 they are what the ansatz forces; powers up to 2p + 1 make
   * the solution unique.
   *
   * @throws IllegalArgumentException if {@code order} is below 1
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
   * The polynomials that satisfy all {@code conditions}.
   *
   * @throws ArithmeticException if there is exactly one but a coefficient of it is not whole
   */
  public AnsatzSolution solve(List<Condition> conditions) {
    LinearSystem system = new LinearSystem(powers.size());
    for (int i = 0; i < conditions.size(); i++) {
      Condition condition = conditions.get(i);
      List<Rational> factors = powers.stream().map(condition::factorOf).toList();
      if (!system.add(factors, Rational.of(condition.value()))) {
        return new AnsatzSolution.NoSolution(contradiction(condition, conditions.subList(0, i)));
      }
    }
    int free = system.freeUnknowns();
    if (free > 0) {
      return new AnsatzSolution.Underdetermined(free, family(free));
    }
    return new AnsatzSolution.Unique(whole(system.solution()));
  }

  /**
   * The one iterator that satisfies all {@code conditions}.
   *
   * @throws IllegalArgumentException with {@link AnsatzSolution#message} if there is none or more
   *     than one, or if the one is not an idempotent iterator
   * @throws ArithmeticException if a coefficient of the one is not whole
   */
  public IdempotentPolynomial solveUnique(List<Condition> conditions) {
    AnsatzSolution solution = solve(conditions);
    if (solution instanceof AnsatzSolution.Unique unique) {
      return unique.polynomial();
    }
    throw new IllegalArgumentException(solution.message());
  }

  private String contradiction(Condition condition, List<Condition> before) {
    return before.isEmpty()
        ? String.format("no polynomial with powers %s has %s", powers, condition)
        : String.format(
            "no polynomial with powers %s has %s as well as %s", powers, condition, before);
  }

  private String family(int free) {
    return String.format(
        "the conditions fix %s of the %s coefficients of powers %s and leave %s free parameter%s",
        powers.size() - free, powers.size(), powers, free, free == 1 ? "" : "s");
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
