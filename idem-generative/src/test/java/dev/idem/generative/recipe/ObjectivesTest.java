package dev.idem.generative.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.strategy.Distance;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ObjectivesTest {

  @Test
  void everyValueOfIgnForMnistIsPinned() {
    assertThat(IgnObjective.mnist())
        .isEqualTo(
            new IgnObjective(
                1, 1, 0.5, Distance.SQUARED, OptionalDouble.empty(), OptionalDouble.of(0.06)));
  }

  @Test
  void everyValueThatReImplementersUseIsPinned() {
    assertThat(IgnObjective.reimplemented())
        .isEqualTo(
            new IgnObjective(
                1, 1, 0.1, Distance.SQUARED, OptionalDouble.empty(), OptionalDouble.empty()));
  }

  @Test
  void everyValueOfIgnForCelebAIsThePapers() {
    assertThat(IgnObjective.celebA())
        .isEqualTo(
            new IgnObjective(
                20, 20, 2.5, Distance.ABSOLUTE, OptionalDouble.of(1.5), OptionalDouble.empty()));
  }

  @Test
  void ignHasThreeTermsOnDataAndNoise() {
    assertThat(IgnObjective.celebA().terms().terms())
        .extracting(Term::name, Term::input)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("reconstruction", "x"),
            org.assertj.core.groups.Tuple.tuple("idempotence", "z"),
            org.assertj.core.groups.Tuple.tuple("tightness", "z"));
  }

  @Test
  void withoutTightnessTheTermIsLeftOut() {
    assertThat(IgnObjective.mnist().withTightness(0).terms().terms())
        .extracting(Term::name)
        .containsExactly("reconstruction", "idempotence");
  }

  @Test
  void theControlNeverAsksForNoise() {
    assertThat(ReconstructionObjective.alone().terms().inputs()).containsExactly("x");
  }

  @Test
  void weightsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> IgnObjective.mnist().withTightness(-1))
        .hasMessage("tightness weight (-1.0) must not be negative");
    assertThatThrownBy(() -> ReconstructionObjective.substituted(0))
        .hasMessageContaining("weight (0.0) must be positive");
  }
}
