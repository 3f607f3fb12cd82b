package dev.idem.api.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.polynomial.AnsatzSolver.Condition;
import java.math.BigInteger;
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
    assertThat(AnsatzSolver.upTo(3).coefficients(idempotency))
        .map(Number::longValue)
        .containsExactly(0L, 3L, -2L);
  }

  @Test
  void fivePowersGiveTheQuinticFromTheConditionsAlone() {
    assertThat(AnsatzSolver.upTo(5).solve(AnsatzSolver.idempotency(2)))
        .isEqualTo(IdempotentPolynomial.of(0, 0, 10, -15, 6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSolverAgreesWithTheClosedForm(int order) {
    assertThat(AnsatzSolver.upTo(2 * order + 1).solve(AnsatzSolver.idempotency(order)))
        .isEqualTo(IdempotentPolynomial.ofOrder(order));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void oneOrTwoPowersAreTooFew(int highestPower) {
    assertThatThrownBy(() -> AnsatzSolver.upTo(highestPower).solve(idempotency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no polynomial with powers [1");
  }

  @Test
  void aContradictionNamesTheFirstConditionThatCannotHold() {
    assertThatThrownBy(() -> AnsatzSolver.upTo(2).coefficients(idempotency))
        .hasMessage(
            "no polynomial with powers [1, 2] has g'(1) = 0"
                + " as well as [g(0) = 0, g(1) = 1, g'(0) = 0]");
    assertThatThrownBy(() -> AnsatzSolver.upTo(3).coefficients(List.of(Condition.value(0, 1))))
        .hasMessage("no polynomial with powers [1, 2, 3] has g(0) = 1");
  }

  @Test
  void fourPowersLeaveOneFreeParameter() {
    assertThatThrownBy(() -> AnsatzSolver.upTo(4).solve(idempotency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the conditions fix 3 of the 4 coefficients of powers [1, 2, 3, 4]"
                + " and leave 1 free parameter");
  }

  @Test
  void chosenPowersMayLeaveGaps() {
    assertThat(AnsatzSolver.withPowers(4, 2).solve(idempotency))
        .isEqualTo(IdempotentPolynomial.of(0, 2, 0, -1));
  }

  @Test
  void aRepeatedConditionChangesNothing() {
    List<Condition> twice = List.of(idempotency.get(1), idempotency.get(1), idempotency.get(3));
    assertThat(AnsatzSolver.withPowers(2, 3).coefficients(twice))
        .isEqualTo(AnsatzSolver.upTo(3).coefficients(idempotency));
  }

  @Test
  void coefficientsThatAreNotWholeAreAnError() {
    assertThatThrownBy(() -> AnsatzSolver.withPowers(2, 5).coefficients(idempotency))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("coefficients [5/3, -2/3] of powers [2, 5] must all be whole numbers");
  }

  @Test
  void aUniquePolynomialNeedNotBeAnIterator() {
    AnsatzSolver linear = AnsatzSolver.upTo(1);
    List<Condition> conditions = List.of(Condition.value(1, 1));
    assertThat(linear.coefficients(conditions)).containsExactly(BigInteger.ONE);
    assertThatThrownBy(() -> linear.solve(conditions))
        .hasMessage("g'(0) (1) must be 0 for K to be an idempotent iterator");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> AnsatzSolver.upTo(0)).hasMessage("highestPower (0) must be positive");
    assertThatThrownBy(AnsatzSolver::withPowers).hasMessage("powers [] must have at least one");
    assertThatThrownBy(() -> AnsatzSolver.withPowers(2, 0))
        .hasMessage("power (0) must be positive");
    assertThatThrownBy(() -> AnsatzSolver.idempotency(0)).hasMessage("order (0) must be positive");
    assertThatThrownBy(() -> new Condition(0, -1, 0))
        .hasMessage("derivativeOrder (-1) must not be negative");
  }
}
