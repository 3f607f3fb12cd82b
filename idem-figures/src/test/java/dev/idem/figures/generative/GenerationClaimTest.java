package dev.idem.figures.generative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.generative.GenerationClaim.Score;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationClaimTest {

  private static final Score NOISE = new Score(true, Double.POSITIVE_INFINITY, 300, 0.1);
  private static final Score CONTROL = new Score(true, 0.1, 200, 0.2);
  private static final Score FULL = new Score(true, 0.01, 100, 0.5);

  private static Verdict verdict(Score... seeds) {
    return GenerationClaim.verdict(
        List.of(seeds), Collections.nCopies(seeds.length, CONTROL), NOISE);
  }

  @Test
  void diverseAndBetterInBothIsReproduced() {
    assertThat(verdict(FULL)).isEqualTo(Verdict.REPRODUCED);
  }

  @Test
  void betterInOneFeatureMeasureAloneIsInPart() {
    assertThat(verdict(new Score(true, 0.01, 100, 0.2))).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(new Score(true, 0.01, 200, 0.5))).isEqualTo(Verdict.IN_PART);
  }

  @Test
  void betterThanTheControlButNotThanNoiseIsInPart() {
    Score poorControl = new Score(true, 0.1, 900, 0.01);
    Score poor = new Score(true, 0.01, 400, 0.05);
    assertThat(GenerationClaim.verdict(List.of(poor), List.of(poorControl), NOISE))
        .isEqualTo(Verdict.IN_PART);
  }

  @Test
  void collapseIsNotReproducedHoweverNearTheDigits() {
    assertThat(verdict(new Score(false, 0.001, 1, 0.9))).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void mapsHaveToBeDiverseWithAnErrorBelowThreeTenthsOfTheVariance() {
    Score large = new Score(true, 0.3, 1, 0.9);
    Score collapsed = new Score(false, 0.001, 1, 0.9);
    assertThat(GenerationClaim.idempotent(List.of(FULL, large, collapsed, Score.DIVERGED)))
        .isEqualTo(1);
  }

  @Test
  void moreThanHalfOfTheSeedsHaveToShowIt() {
    Score part = new Score(true, 0.01, 250, 0.15);
    Score none = Score.DIVERGED;
    assertThat(verdict(FULL, FULL, none)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(FULL, part, none)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(FULL, none, none)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(FULL, none)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void aDivergedControlIsWorseThanAnything() {
    assertThat(GenerationClaim.verdict(List.of(FULL), List.of(Score.DIVERGED), NOISE))
        .isEqualTo(Verdict.REPRODUCED);
  }
}
