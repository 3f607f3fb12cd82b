package dev.idem.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimTest {

  private static final Claim COST =
      Claim.ofPaper("Cost", "it is cheap", "below 1", Map.of(Aspect.MAPS, "cost has no map"));

  @Test
  void verdictOfASharePassesThroughItsBounds() {
    assertThat(Verdict.ofShare(3, 3)).isEqualTo(Verdict.REPRODUCED);
    assertThat(Verdict.ofShare(2, 3)).isEqualTo(Verdict.IN_PART);
    assertThat(Verdict.ofShare(2, 4)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(Verdict.ofShare(0, 0)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void furtherTestHasOneAspectAndAClaimOfThePaperThoseThatApply() {
    assertThat(Claim.of("Test", "it holds", "above 1").aspects())
        .containsExactly(Aspect.AS_PUBLISHED);
    assertThat(COST.aspects()).containsExactly(Aspect.AS_PUBLISHED, Aspect.EQUAL_SCALE);
    assertThat(COST.timed().timing()).isTrue();
  }

  @Test
  void findingOnAnAspectThatDoesNotApplyIsRefused() {
    assertThatThrownBy(() -> new Finding(COST, Aspect.MAPS, "here", "1", Verdict.REPRODUCED))
        .hasMessageContaining("what the maps became")
        .hasMessageContaining("cost has no map");
    assertThatThrownBy(
            () ->
                Claim.ofPaper("Nothing", "it is", "never", Map.of(Aspect.AS_PUBLISHED, "no such")))
        .hasMessageContaining("Nothing");
  }

  @Test
  void mapIsInformativeBelowHalfAndUpToAHundredTimesThePower() {
    assertThat(new FinalMap(0.49, 100).informative()).isTrue();
    assertThat(new FinalMap(0.5, 1).informative()).isFalse();
    assertThat(new FinalMap(0.1, 101).informative()).isFalse();
    assertThat(FinalMap.diverged().informative()).isFalse();
    FinalMap good = new FinalMap(0.1, 1);
    assertThat(FinalMap.verdict(List.of(good, good, FinalMap.diverged())))
        .isEqualTo(Verdict.IN_PART);
    assertThat(FinalMap.describe("maps", List.of(good, good, FinalMap.diverged())))
        .isEqualTo("2 of 3 maps are informative; error / variance 0.100 (0.100 to ∞).");
  }
}
