package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.eval.metrics.Maps;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KMeansQuantiserTest {

  private static final float[][] FITTED = Maps.normal(1, 60, 12);
  private static final float[][] FRESH = Maps.normal(2, 40, 12);

  @Test
  void quantiserIsExactlyIdempotentAndRepeatsWithItsSeed() {
    KMeansQuantiser quantiser = KMeansQuantiser.fit(FITTED, 6, 10, 1);
    IdempotencyReport report = IdempotencyMetrics.defaults().measure(quantiser, FRESH);

    assertThat(report.error()).isZero();
    assertThat(report.variance()).isPositive();
    assertThat(Arrays.stream(quantiser.apply(FRESH)).map(Arrays::toString).distinct().count())
        .isBetween(2L, 6L);
    assertThat(KMeansQuantiser.fit(FITTED, 6, 10, 1).centroids())
        .isDeepEqualTo(quantiser.centroids());
  }

  @Test
  void centroidsOfSeparateClustersAreTheirMeans() {
    float[][] rows = {{0, 100, 7}, {2, 100, 7}, {50, 0, 7}, {52, 0, 7}};
    KMeansQuantiser quantiser = KMeansQuantiser.fit(rows, 2, 10, 3);

    assertThat(quantiser.apply(new float[][] {{5, 90, 0}, {40, 5, 0}}))
        .isDeepEqualTo(new float[][] {{1, 100, 7}, {51, 0, 7}});
  }

  @Test
  void moreCentroidsThanDifferentRowsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KMeansQuantiser.fit(new float[][] {{1}, {1}, {2}}, 3, 5, 1))
        .withMessageContaining("centroids (3) must be from 1 to 2, the number of different");
  }
}
