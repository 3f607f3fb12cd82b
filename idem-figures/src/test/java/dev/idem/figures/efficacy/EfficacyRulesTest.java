package dev.idem.figures.efficacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.efficacy.EfficacyRanking.Duel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule, branch by branch. */
class EfficacyRulesTest {

  @Test
  void settingStatesTheScoreAndEveryVerdictInTheirOrder() {
    assertThat(new EfficacyFigure().ourSetting())
        .contains("the score being error / variance of a healthy run")
        .containsSubsequence(
            "zero, power below 0.001 times",
            "identity, ",
            "constant, variance below 0.001 times",
            "inflated, power above 100 times",
            "uninformative, error / variance of 0.5 or more",
            "healthy, none of the other verdicts.");
  }

  @Test
  void efficacyIsReproducedFromEveryStartInPartFromSome() {
    assertThat(EfficacySentences.verdict(List.of(Duel.BETTER, Duel.BETTER)))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(EfficacySentences.verdict(List.of(Duel.BETTER, Duel.LEVEL)))
        .isEqualTo(Verdict.IN_PART);
    assertThat(EfficacySentences.verdict(List.of(Duel.BETTER, Duel.NEITHER)))
        .isEqualTo(Verdict.IN_PART);
    assertThat(EfficacySentences.verdict(List.of(Duel.WORSE, Duel.LEVEL, Duel.NEITHER)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }
}
