package dev.idem.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeedScoresTest {

  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static List<String> ranked(Map<String, SeedScores> scores) {
    return SeedScores.ranked(List.copyOf(new TreeMap<>(scores).keySet()), scores::get);
  }

  private static SeedScores of(int seeds, Double... known) {
    return new SeedScores(List.of(known), seeds);
  }

  @Test
  void ranksByTheMedianThenByInfiniteScoresThenByTheOrder() {
    assertThat(
            ranked(
                Map.of(
                    "a", of(3, 1.0, 2.0, INFINITE),
                    "b", of(3, 1.0, 2.0, 9.0),
                    "c", of(3, 1.5, 1.6, 1.7),
                    "d", of(3, 0.0, INFINITE, INFINITE),
                    "e", of(3, 2.0, 2.0, 2.0))))
        .containsExactly("c", "b", "e", "a", "d");
  }

  @Test
  void doesNotCompareFewerSeedsWithMore() {
    assertThat(ranked(Map.of("a", of(3, 0.1), "b", of(3, 1.0, 2.0, 3.0), "c", of(2, 0.1, 0.1))))
        .containsExactly("b");
    assertThat(ranked(Map.of("a", of(3, 2.0), "b", of(3, 1.0, 1.0), "c", of(3))))
        .containsExactly("b", "a");
    assertThat(of(3).median()).isNaN();
  }

  @Test
  void refusesMoreScoresThanSeeds() {
    assertThatThrownBy(() -> of(1, 1.0, 2.0)).hasMessageContaining("2 scores of 1 seeds");
  }
}
