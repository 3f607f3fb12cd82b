package dev.idem.figures.efficacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.figures.efficacy.EfficacyRanking.Duel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EfficacyRankingTest {

  private static final double FAILED = Double.POSITIVE_INFINITY;

  private final Map<String, double[]> scores = new LinkedHashMap<>();

  private EfficacyRanking ranking() {
    return new EfficacyRanking(scores);
  }

  @Test
  void theLowestMedianThatIsLowerInMostSeedsWinsAlone() {
    scores.put("a", new double[] {1e-3, 1e-4, 1e-2});
    scores.put("b", new double[] {1e-4, 1e-5, 5e-2});
    assertThat(ranking().leaders()).containsExactly("b");
    assertThat(ranking().duel("a", "b")).isEqualTo(Duel.WORSE);
    assertThat(ranking().duel("b", "a")).isEqualTo(Duel.BETTER);
    assertThat(ranking().lower("b", "a")).isEqualTo(2);
    assertThat(ranking().lower("a", "b")).isEqualTo(1);
  }

  @Test
  void aLowerMedianThatLosesMostSeedsIsLevel() {
    scores.put("a", new double[] {1e-3, 3e-3, 5e-3});
    scores.put("b", new double[] {2e-3, 4e-3, 1e-3});
    assertThat(ranking().duel("b", "a")).isEqualTo(Duel.LEVEL);
    assertThat(ranking().leaders()).containsExactly("a", "b");
  }

  @Test
  void noMethodWinsWithoutAMajorityOfHealthyRuns() {
    scores.put("a", new double[] {1e-9, FAILED, FAILED});
    scores.put("b", new double[] {0.5, 0.4, FAILED});
    assertThat(ranking().leaders()).containsExactly("b");
    assertThat(ranking().duel("b", "a")).isEqualTo(Duel.BETTER);
    scores.put("b", new double[] {FAILED, 0.4, FAILED});
    assertThat(ranking().leaders()).isEmpty();
    assertThat(ranking().duel("a", "b")).isEqualTo(Duel.NEITHER);
  }

  @Test
  void roundingDecidesNothing() {
    scores.put("a", new double[] {1e-14, 2e-14, 1e-14});
    scores.put("b", new double[] {9e-13, 0, 5e-13});
    assertThat(ranking().duel("a", "b")).isEqualTo(Duel.LEVEL);
    assertThat(ranking().leaders()).containsExactly("a", "b");
  }

  @Test
  void anUnknownMethodIsNamed() {
    scores.put("a", new double[] {1});
    assertThatThrownBy(() -> ranking().duel("a", "c"))
        .hasMessage("method ('c') must be one of [a]");
  }
}
