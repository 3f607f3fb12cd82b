package dev.idem.figures.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.overhead.OverheadFigure.StepCost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule, branch by branch. */
class OverheadRulesTest {

  @Test
  void overheadIsJudgedByMedianAndUpperQuartile() {
    assertThat(OverheadFigure.verdict(new Quartiles(0.8, 0.83, 0.99)))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(OverheadFigure.verdict(new Quartiles(0.8, 0.99, 1))).isEqualTo(Verdict.IN_PART);
    assertThat(OverheadFigure.verdict(new Quartiles(0.8, 1, 1.1)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void theRatioOfAStepIsSubstitutedOverCanonical() {
    assertThat(new StepCost(12, 9).ratio()).isEqualTo(0.75);
    assertThat(
            StepCost.ratios(List.of(new StepCost(10, 8), new StepCost(10, 11), new StepCost(10, 9)))
                .median())
        .isEqualTo(0.9);
  }
}
