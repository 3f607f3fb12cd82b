package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.polynomial.AnsatzSolver.Condition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnsatzSolverTest {

  private final List<Condition> idempotency = AnsatzSolver.idempotency(1);

  @Test
  void theConditionsOfAnIdempotentAreThoseOfThePaper() {
    assertThat(idempotency).hasToString("[g(0) = 0, g(1) = 1, g'(0) = 0, g'(1) = 0]");
    assertThat(new Condition(1, 5, 2)).hasToString("g^(5)(1) = 2");
  }

  @Test
  void threePowersGiveTheCubicFromTheConditionsAlone() {
    assertThat(new AnsatzSolver(3).coefficients(idempotency))
        .map(Number::longValue)
        .containsExactly(0L, 3L, -2L);
  }

  @Test
  void fivePowersGiveTheQuinticFromTheConditionsAlone() {
    assertThat(new AnsatzSolver(5).solve(AnsatzSolver.idempotency(2)))
        .isEqualTo(IdempotentPolynomial.of(0, 0, 10, -15, 6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSolverAgreesWithTheClosedForm(int order) {
    assertThat(new AnsatzSolver(2 * order + 1).solve(AnsatzSolver.idempotency(order)))
        .isEqualTo(IdempotentPolynomial.ofOrder(order));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void oneOrTwoPowersAreTooFew(int highestPower) {
    assertThatThrownBy(() -> new AnsatzSolver(highestPower).solve(idempotency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no polynomial with powers [1");
  }

  @Test
  void aContradictionNamesTheFirstConditionThatCannotHold() {
    assertThatThrownBy(() -> new AnsatzSolver(2).coefficients(idempotency))
        .hasMessage(
            "no polynomial with powers [1, 2] has g'(1) = 0"
                + " as well as [g(0) = 0, g(1) = 1, g'(0) = 0]");
    assertThatThrownBy(() -> new AnsatzSolver(3).coefficients(List.of(new Condition(0, 0, 1))))
        .hasMessage("no polynomial with powers [1, 2, 3] has g(0) = 1");
  }

  @Test
  void fourPowersLeaveOneFreeParameter() {
    assertThatThrownBy(() -> new AnsatzSolver(4).solve(idempotency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the conditions fix 3 of the 4 coefficients of powers [1, 2, 3, 4]"
                + " and leave 1 free parameter");
  }

  @Test
  void chosenPowersMayLeaveGaps() {
    assertThat(new AnsatzSolver(4).solve(with(new Condition(0, 3, 0))))
        .isEqualTo(IdempotentPolynomial.of(0, 2, 0, -1));
  }

  @Test
  void aRepeatedConditionChangesNothing() {
    List<Condition> twice = new ArrayList<>(idempotency);
    twice.add(2, idempotency.get(1));
    assertThat(new AnsatzSolver(3).coefficients(twice))
        .isEqualTo(new AnsatzSolver(3).coefficients(idempotency));
  }

  @Test
  void coefficientsThatAreNotWholeAreAnError() {
    List<Condition> conditions = with(new Condition(0, 3, 0), new Condition(0, 4, 0));
    assertThatThrownBy(() -> new AnsatzSolver(5).coefficients(conditions))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "coefficients [0, 5/3, 0, 0, -2/3] of powers [1, 2, 3, 4, 5] must all be whole"
                + " numbers");
  }

  /** The conditions of order 1, and that the coefficients of some powers are 0. */
  private List<Condition> with(Condition... further) {
    List<Condition> conditions = new ArrayList<>(idempotency);
    conditions.addAll(List.of(further));
    return conditions;
  }

  @Test
  void aUniquePolynomialNeedNotBeAnIterator() {
    AnsatzSolver linear = new AnsatzSolver(1);
    List<Condition> conditions = List.of(new Condition(1, 0, 1));
    assertThat(linear.coefficients(conditions)).containsExactly(BigInteger.ONE);
    assertThatThrownBy(() -> linear.solve(conditions))
        .hasMessage("g'(0) (1) must be 0 for K to be an idempotent iterator");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> new AnsatzSolver(0)).hasMessage("highestPower (0) must be positive");
    assertThatThrownBy(() -> AnsatzSolver.idempotency(0)).hasMessage("order (0) must be positive");
    assertThatThrownBy(() -> new Condition(0, -1, 0))
        .hasMessage("derivativeOrder (-1) must not be negative");
  }
}
