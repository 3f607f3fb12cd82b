package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.distribution.NeighbourMetric.Kind;
import dev.idem.eval.metrics.Maps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MetricLawsTest {

  private static final List<GroupedMetric> ROTATION_INVARIANT =
      List.of(
          new FrechetDistance(),
          new KernelDistance(),
          new NeighbourMetric(Kind.PRECISION, 3),
          new NeighbourMetric(Kind.RECALL, 3),
          new NeighbourMetric(Kind.DENSITY, 3),
          new NeighbourMetric(Kind.COVERAGE, 3));

  private static float[][] warped(long seed, int m, int n) {
    return Maps.each(v -> 0.5 + Math.tanh(2 * v)).apply(Maps.normal(seed, m, n));
  }

  private static float[][] shuffled(float[][] rows, long seed) {
    List<float[]> list = new ArrayList<>(Arrays.asList(rows));
    Collections.shuffle(list, new Random(seed));
    return list.toArray(float[][]::new);
  }

  @Property(tries = 15, seed = "1")
  void neitherOrderNorRotationMatters(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
    float[][] a = Maps.normal(seed, 30, n);
    float[][] b = warped(seed + 1, 26, n);
    double[][] q = Maps.orthogonal(seed, n);
    for (GroupedMetric metric : ROTATION_INVARIANT) {
      double value = metric.measure(a, b);

      assertThat(metric.measure(shuffled(a, seed), shuffled(b, seed + 2)))
          .as(metric.name())
          .isCloseTo(value, within(1e-9));
      assertThat(metric.measure(Maps.linear(q).apply(a), Maps.linear(q).apply(b)))
          .as(metric.name())
          .isCloseTo(value, within(1e-4));
    }
  }

  @Property(tries = 15, seed = "1")
  void distancesAreSymmetricAndPrecisionIsRecallTheOtherWay(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
    float[][] a = Maps.normal(seed, 30, n);
    float[][] b = warped(seed + 1, 26, n);

    assertThat(new FrechetDistance().measure(b, a))
        .isCloseTo(new FrechetDistance().measure(a, b), within(1e-9));
    assertThat(new KernelDistance().measure(b, a))
        .isCloseTo(new KernelDistance().measure(a, b), within(1e-9));
    assertThat(new NeighbourMetric(Kind.RECALL, 3).measure(b, a))
        .isEqualTo(new NeighbourMetric(Kind.PRECISION, 3).measure(a, b));
  }

  /** What resampling relies on: prepared once, on groups, is the metric of the groups' rows. */
  @Property(tries = 10, seed = "1")
  void aMetricPreparedForGroupsIsTheMetricOfTheirRows(
      @ForAll long seed, @ForAll @IntRange(min = 30, max = 300) int m) {
    float[][] a = Maps.normal(seed, m, 3);
    float[][] b = warped(seed + 1, 280, 3);
    SamplePair pair = SamplePair.inOrder(a, b);
    SamplePair self = new SamplePair(pair.real(), pair.real());
    int[] even = IntStream.range(0, pair.real().groups()).filter(i -> i % 2 == 0).toArray();
    int[] odd = IntStream.range(0, pair.real().groups()).filter(i -> i % 2 == 1).toArray();
    int[] some = IntStream.range(0, pair.generated().groups()).filter(i -> i % 3 > 0).toArray();
    List<GroupedMetric> metrics = new ArrayList<>(ROTATION_INVARIANT);
    metrics.add(new Memorisation(Maps.normal(seed + 2, 20, 3), 0.1));
    for (GroupedMetric metric : metrics) {
      assertThat(metric.over(pair).measure(even, some))
          .as(metric.name())
          .isCloseTo(
              metric.measure(pair.real().rowsOf(even), pair.generated().rowsOf(some)),
              within(1e-9));
      assertThat(metric.over(self).measure(even, odd))
          .as(metric.name())
          .isCloseTo(
              metric.measure(pair.real().rowsOf(even), pair.real().rowsOf(odd)), within(1e-9));
    }
  }

  @Test
  void soIsOneOfClassesAndOneThatTrains() {
    requireMeasuredByRows(Maps.normal(1, 60, 3), warped(2, 60, 3), trained());
    requireMeasuredByRows(
        Clouds.probabilities(Clouds.clusters(1, 60, 4, 0, 1, 2, 3)),
        Clouds.probabilities(Clouds.clusters(2, 60, 4, 0, 2)),
        List.of(ClassMetrics.Coverage.defaults(), new ClassMetrics.Entropy()));
  }

  private static List<GroupedMetric> trained() {
    return Arrays.stream(TwoSampleTest.Classifier.values())
        .<GroupedMetric>map(classifier -> TwoSampleTest.of(classifier, 1))
        .toList();
  }

  private static void requireMeasuredByRows(float[][] a, float[][] b, List<GroupedMetric> metrics) {
    SamplePair pair = SamplePair.inOrder(a, b);
    int[] even = IntStream.range(0, a.length).filter(i -> i % 2 == 0).toArray();
    int[] some = IntStream.range(0, b.length).filter(i -> i % 3 > 0).toArray();
    for (GroupedMetric metric : metrics) {
      assertThat(metric.over(pair).measure(even, some))
          .as(metric.name())
          .isEqualTo(metric.measure(pair.real().rowsOf(even), pair.generated().rowsOf(some)));
    }
  }
}
