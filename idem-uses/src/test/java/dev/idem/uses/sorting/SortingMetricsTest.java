package dev.idem.uses.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SortingMetricsTest {

  private static final float[][] SORTED = {{0, 1, 2}, {1, 2, 6}};

  @Test
  void samplesAreSortedOneByOne() {
    float[][] x = {{2, 0, 1}, {6, 1, 2}};
    assertThat(SortingMetrics.sorted(x)).isDeepEqualTo(SORTED);
    assertThat(x[0]).as("left as it was").containsExactly(2, 0, 1);
  }

  @Test
  void theErrorIsOneForTheBestConstant() {
    float[] mean = {0.5f, 1.5f, 4};
    assertThat(SortingMetrics.error(new float[][] {mean, mean}, SORTED)).isEqualTo(1);
    assertThat(SortingMetrics.error(SORTED, SORTED)).isZero();
    // Squared errors 0.5^2, 0.5^2 and 2^2 in each row are 9 in all.
    assertThat(SortingMetrics.error(new float[][] {{0, 1, 5}, {1, 2, 6}}, SORTED))
        .isCloseTo(9.0 / 9.0, within(1e-12));
  }

  @Test
  void exactOrderIsEachOutputNearestToWhatBelongsThere() {
    assertThat(SortingMetrics.exactOrderRate(SORTED, SORTED)).isEqualTo(1);
    // 1.4 is nearest to 1; 1.5 is as near to 2.
    assertThat(SortingMetrics.exactOrderRate(new float[][] {{0.4f, 1.4f, 9}, {1.5f, 2, 6}}, SORTED))
        .isEqualTo(0.5);
    // Ascending, and wrong.
    assertThat(SortingMetrics.exactOrderRate(new float[][] {{1, 1.2f, 2}, {2, 5, 6}}, SORTED))
        .isZero();
  }

  @Test
  void equalInputsMayChangePlaces() {
    assertThat(SortingMetrics.exactOrderRate(new float[][] {{1, 1, 3}}, new float[][] {{1, 1, 3}}))
        .isEqualTo(1);
  }

  @Test
  void tauComparesSamplesPositionByPosition() {
    assertThat(SortingMetrics.kendallTau(SORTED, SORTED)).isEqualTo(1);
    float[] ascending = {-1, 0, 1};
    assertThat(SortingMetrics.kendallTau(new float[][] {ascending, ascending}, SORTED)).isZero();
    // The first position orders both samples rightly, the second wrongly, the third not.
    assertThat(SortingMetrics.kendallTau(new float[][] {{0, 3, 1}, {5, 2, 1}}, SORTED)).isZero();
    assertThat(SortingMetrics.kendallTau(new float[][] {{0, 1, 1}, {5, 2, 1}}, SORTED))
        .isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void zerosOfEitherSignAreEqual() {
    float[][] y = {{-0f}, {0f}, {-0f}};
    assertThat(SortingMetrics.kendallTau(y, new float[][] {{-1}, {2}, {-3}})).isZero();
  }
}
