package dev.idem.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.comparison.ParetoFront.Costs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

  private static final Costs REFERENCE = new Costs(1, 1);
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static double hypervolume(Costs... solutions) {
    return ParetoFront.of(List.of(solutions)).hypervolume(REFERENCE);
  }

  @Test
  void oneSolutionHasTheRectangleToTheReference() {
    assertThat(hypervolume(new Costs(-1, 0.25))).isCloseTo(2 * 0.75, within(1e-15));
  }

  @Test
  void aStaircaseHasTheUnionOfItsRectangles() {
    // 1 x 0.2 and 0.6 x 0.3 and 0.1 x 0.4, below one another.
    assertThat(hypervolume(new Costs(0.9, 0.1), new Costs(0, 0.8), new Costs(0.4, 0.5)))
        .isCloseTo(0.2 + 0.18 + 0.04, within(1e-15));
  }

  @Test
  void aDenseFrontHasTheAreaBehindItsCurve() {
    // The line first + second = 1: half of the unit square lies behind it.
    List<Costs> line = new ArrayList<>();
    int count = 10_000;
    for (int i = 0; i <= count; i++) {
      line.add(new Costs((double) i / count, 1 - (double) i / count));
    }
    assertThat(ParetoFront.of(line).hypervolume(REFERENCE)).isCloseTo(0.5, within(1.0 / count));
  }

  @Test
  void nothingAndFailuresAndWhatDoesNotBetterTheReferenceHaveNoArea() {
    assertThat(hypervolume()).isZero();
    assertThat(hypervolume(new Costs(INFINITE, INFINITE), new Costs(-5, INFINITE))).isZero();
    assertThat(hypervolume(new Costs(1, 0), new Costs(0, 1), new Costs(2, -9), new Costs(-9, 2)))
        .isZero();
  }

  @Test
  void aSolutionBeyondTheReferenceTakesNothingFromOthers() {
    assertThat(hypervolume(new Costs(0, 0), new Costs(-9, 2), new Costs(2, -9))).isEqualTo(1);
  }

  @Test
  void aFrontKeepsWhatNothingDominatesOnceAndInOrder() {
    assertThat(
            ParetoFront.of(
                    List.of(
                        new Costs(2, 1),
                        new Costs(1, 2),
                        new Costs(2, 2),
                        new Costs(1, 2),
                        new Costs(1, 3)))
                .costs())
        .containsExactly(new Costs(1, 2), new Costs(2, 1));
  }

  @Test
  void badNumbersAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Costs(Double.NaN, 0))
        .withMessageContaining("first cost (NaN) must be finite or +infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Costs(0, Double.NEGATIVE_INFINITY))
        .withMessageContaining("second cost (-Infinity)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParetoFront.of(List.of()).hypervolume(new Costs(INFINITE, 0)))
        .withMessageContaining("must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParetoFront(List.of(new Costs(1, 1), new Costs(2, 2))))
        .withMessageContaining("use ParetoFront.of");
  }

  @Property(tries = 200, seed = "1")
  void theFrontIsExactlyWhatNothingDominates(@ForAll("solutions") List<Costs> solutions) {
    List<Costs> expected =
        solutions.stream()
            .filter(one -> solutions.stream().noneMatch(other -> other.dominates(one)))
            .distinct()
            .toList();
    assertThat(ParetoFront.of(solutions).costs()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Property(tries = 200, seed = "1")
  void oneMoreSolutionNeverLowersTheHypervolume(
      @ForAll("solutions") List<Costs> solutions, @ForAll("costs") Costs more) {
    List<Costs> grown = new ArrayList<>(solutions);
    grown.add(more);
    assertThat(ParetoFront.of(grown).hypervolume(REFERENCE))
        .isGreaterThanOrEqualTo(ParetoFront.of(solutions).hypervolume(REFERENCE) - 1e-12);
  }

  @Property(tries = 200, seed = "1")
  void aDominatedSolutionChangesNothing(
      @ForAll("solutions") List<Costs> solutions, @ForAll("costs") Costs better) {
    List<Costs> with = new ArrayList<>(solutions);
    with.add(better);
    double before = ParetoFront.of(with).hypervolume(REFERENCE);
    with.add(0, new Costs(better.first() + 0.25, better.second()));
    with.add(new Costs(better.first(), better.second() + 0.5));
    assertThat(ParetoFront.of(with).hypervolume(REFERENCE)).isEqualTo(before);
  }

  @Property(tries = 200, seed = "1")
  void orderDoesNotMatter(@ForAll("solutions") List<Costs> solutions, @ForAll long seed) {
    List<Costs> shuffled = new ArrayList<>(solutions);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(ParetoFront.of(shuffled)).isEqualTo(ParetoFront.of(solutions));
  }

  @Property(tries = 100, seed = "1")
  void theHypervolumeIsTheShareOfAGridThatIsDominated(@ForAll("solutions") List<Costs> solutions) {
    // Costs are multiples of 1/4, so that cells of that size lie wholly in or out.
    int cells = 0;
    for (int i = -8; i < 4; i++) {
      for (int j = -8; j < 4; j++) {
        double x = (i + 0.5) / 4;
        double y = (j + 0.5) / 4;
        if (solutions.stream().anyMatch(one -> one.first() < x && one.second() < y)) {
          cells++;
        }
      }
    }
    assertThat(ParetoFront.of(solutions).hypervolume(REFERENCE))
        .isCloseTo(cells / 16.0, within(1e-12));
  }

  @Provide
  Arbitrary<Costs> costs() {
    Arbitrary<Double> cost = Arbitraries.integers().between(-8, 8).map(quarters -> quarters / 4.0);
    return Combinators.combine(cost, cost).as(Costs::new);
  }

  @Provide
  Arbitrary<List<Costs>> solutions() {
    return costs().list().ofMaxSize(12);
  }
}
