package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.Maps;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelDistanceTest {

  private final KernelDistance metric = new KernelDistance();

  @Test
  void aPairOfPointsEachHasTheValueWorkedOutByHand() {
    // Kernels of width 1: (x y + 1)^3. Real 0, 1: k = 1. Generated 1, 2: k = 27.
    // Across: k(0, .) = 1 twice, k(1, 1) = 8, k(1, 2) = 27: mean 37 / 4.
    assertThat(metric.measure(Clouds.line(0, 1), Clouds.line(1, 2)))
        .isCloseTo(1 + 27 - 2 * 37 / 4.0, within(1e-12));
  }

  @Test
  void ofEqualDistributionsItsMeanOverManySeedsIsZero() {
    double[] values =
        IntStream.range(0, 400)
            .mapToDouble(
                seed ->
                    metric.measure(
                        Maps.normal(2L * seed, 12, 3), Maps.normal(2L * seed + 1, 12, 3)))
            .toArray();
    double mean = IntStream.range(0, 400).mapToDouble(i -> values[i]).average().orElseThrow();
    double square = IntStream.range(0, 400).mapToDouble(i -> values[i] * values[i]).sum() / 400;

    assertThat(mean).isCloseTo(0, within(3 * Math.sqrt(square / 400)));
    assertThat(Arrays.stream(values).min().orElseThrow()).isNegative();
  }

  @Test
  void ofDistributionsWithOtherMeansItIsTheDifferenceOfTheirKernelMeans() {
    // Points: all real samples 0, all generated 1 in each of two features: k = 1, 8, and 1 across.
    float[][] real = new float[5][2];
    float[][] generated = Maps.each(v -> 1).apply(new float[7][2]);

    assertThat(metric.measure(real, generated)).isCloseTo(1 + 8 - 2, within(1e-12));
  }

  @Test
  void oneSampleHasNoPairs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric.measure(Clouds.line(1), Clouds.line(1, 2)))
        .withMessageContaining("1 real and 2 generated samples: pairs need at least 2 of each");
  }
}
