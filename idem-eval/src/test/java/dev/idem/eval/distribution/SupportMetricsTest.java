package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.distribution.NeighbourMetric.Kind;
import dev.idem.eval.metrics.Maps;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Precision, recall, density and coverage. */
class SupportMetricsTest {

  private static final float[][] REAL = Clouds.line(0, 1, 10, 11); // radii 1, 1, 1, 1 for k = 1

  @Test
  void pointsInsideAndFarOutsideTheSupportAreCounted() {
    float[][] generated = Clouds.line(0.5, 10.5, 100, 102); // radii 10, 10, 2, 2

    assertThat(new NeighbourMetric(Kind.PRECISION, 1).measure(REAL, generated)).isEqualTo(0.5);
    assertThat(new NeighbourMetric(Kind.RECALL, 1).measure(REAL, generated)).isEqualTo(1);
    assertThat(new NeighbourMetric(Kind.DENSITY, 1).measure(REAL, generated)).isEqualTo(4 / 4.0);
    assertThat(new NeighbourMetric(Kind.COVERAGE, 1).measure(REAL, generated)).isEqualTo(1);
  }

  @Test
  void aModeThatIsMissedLowersRecallAndCoverageAndNotPrecision() {
    float[][] generated = Clouds.line(0.25, 0.5, 0.625, 0.75); // radii 1/4, 1/8, 1/8, 1/8

    assertThat(new NeighbourMetric(Kind.PRECISION, 1).measure(REAL, generated)).isEqualTo(1);
    assertThat(new NeighbourMetric(Kind.RECALL, 1).measure(REAL, generated)).isEqualTo(1 / 4.0);
    assertThat(new NeighbourMetric(Kind.DENSITY, 1).measure(REAL, generated)).isEqualTo(8 / 4.0);
    assertThat(new NeighbourMetric(Kind.COVERAGE, 1).measure(REAL, generated)).isEqualTo(2 / 4.0);
  }

  @Test
  void theSecondNeighbourMakesTheBallsLarger() {
    // Radii for k = 2: 10, 9, 9, 10.
    float[][] generated = Clouds.line(5, 5, 5);

    assertThat(new NeighbourMetric(Kind.PRECISION, 1).measure(REAL, generated)).isZero();
    assertThat(new NeighbourMetric(Kind.PRECISION, 2).measure(REAL, generated)).isEqualTo(1);
    assertThat(new NeighbourMetric(Kind.DENSITY, 2).measure(REAL, generated)).isEqualTo(4 / 2.0);
  }

  @Test
  void copiesAreInTheSupportExactly() {
    float[][] real = Maps.normal(1, 40, 30);

    assertThat(new NeighbourMetric(Kind.PRECISION, 3).measure(real, real)).isEqualTo(1);
    assertThat(new NeighbourMetric(Kind.RECALL, 3).measure(real, real)).isEqualTo(1);
    assertThat(new NeighbourMetric(Kind.COVERAGE, 3).measure(real, real)).isEqualTo(1);
  }

  @Test
  void ofEqualDistributionsDensityIsOneAndCoverageItsExpectation() {
    int m = 40;
    int k = 3;
    // Naeem et al., lemma 2: 1 - (m - 1) ... (m - k) / ((2 m - 1) ... (2 m - k)).
    double missed = 1;
    for (int i = 1; i <= k; i++) {
      missed *= (double) (m - i) / (2 * m - i);
    }
    requireMean(new NeighbourMetric(Kind.DENSITY, k), m, 1);
    requireMean(new NeighbourMetric(Kind.COVERAGE, k), m, 1 - missed);
  }

  private static void requireMean(DistributionMetric metric, int m, double expected) {
    int seeds = 300;
    double[] values =
        IntStream.range(0, seeds)
            .mapToDouble(
                seed ->
                    metric.measure(Maps.normal(2L * seed, m, 2), Maps.normal(2L * seed + 1, m, 2)))
            .toArray();
    double mean = IntStream.range(0, seeds).mapToDouble(i -> values[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, seeds).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum() / seeds;

    assertThat(mean).isCloseTo(expected, within(3 * Math.sqrt(variance / seeds)));
  }

  @Test
  void tooFewSamplesForTheNeighboursAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new NeighbourMetric(Kind.RECALL, 4).measure(REAL, Clouds.line(1, 2, 3, 4, 5)))
        .withMessageContaining("4 real and 5 generated samples have no 4 nearest others each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NeighbourMetric(Kind.DENSITY, 0))
        .withMessageContaining("neighbours (0) must be positive");
  }
}
