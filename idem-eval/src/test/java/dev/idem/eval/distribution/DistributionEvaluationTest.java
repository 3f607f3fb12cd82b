package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport;
import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport.MetricResult;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.Maps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionEvaluationTest {

  private static final int[] ALL = {0, 1, 2, 3};

  /** The mean of the first feature of the generated samples: its distribution is known. */
  private static final class FirstMean implements DistributionMetric {
    @Override
    public String name() {
      return "first mean";
    }

    @Override
    public Goal goal() {
      return Goal.AS_REAL;
    }

    @Override
    public String bias() {
      return "none";
    }

    @Override
    public double measure(float[][] real, float[][] generated) {
      return Rows.mean(generated)[0];
    }
  }

  private static DistributionEvaluation.Builder clusters() {
    return DistributionEvaluation.in(FeatureSpace.raw(4))
        .classifier(LabelClassifier.of(4, Clouds::probabilities))
        .training(Clouds.clusters(5, 100, 4, ALL))
        .resamples(40)
        .seed(3);
  }

  private static void requireInside(MetricResult result) {
    assertThat(result.interval()).as(result.name()).isPresent();
    assertThat(result.value().orElseThrow())
        .as(result.name())
        .isBetween(result.interval().get().low(), result.interval().get().high());
  }

  @Test
  void everyMetricHasAnIntervalAFloorAndItsBias() {
    DistributionReport report =
        clusters().build().evaluate(Clouds.clusters(1, 80, 4, ALL), Clouds.clusters(2, 80, 4, ALL));

    assertThat(report.results()).hasSize(11);
    for (MetricResult result : report.results()) {
      requireInside(result);
      assertThat(result.floor()).as(result.name()).isPresent();
      assertThat(result.valueAtFloorSize()).as(result.name()).isPresent();
      assertThat(result.bias()).isNotBlank();
      assertThat(result.reliable()).as(result.name()).isTrue();
    }
    assertThat(report.notes()).isEmpty();
    assertThat(report.result("recall").value().orElseThrow()).isGreaterThan(0.8);
    assertThat(report.result("class coverage").value()).hasValue(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> report.result("reccall"))
        .withMessageContaining("unknown metric 'reccall'; known: Frechet distance");
  }

  @Test
  void plantedModeCollapseIsCaught() {
    DistributionReport report =
        clusters().build().evaluate(Clouds.clusters(1, 80, 4, ALL), Clouds.clusters(2, 80, 4, 2));

    assertThat(report.result("precision").value().orElseThrow()).isGreaterThan(0.8);
    for (String name : new String[] {"recall", "coverage", "class coverage", "class entropy"}) {
      MetricResult result = report.result(name);
      assertThat(result.interval().orElseThrow().high())
          .as(name)
          .isLessThan(result.floor().orElseThrow() * 0.6);
    }
    for (String name : new String[] {"Frechet distance", "kernel distance"}) {
      MetricResult result = report.result(name);
      assertThat(result.interval().orElseThrow().low())
          .as(name)
          .isGreaterThan(5 * Math.abs(result.floor().orElseThrow()));
    }
  }

  @Test
  void plantedCopiesOfTheTrainingSetAreCaught() {
    float[][] training = Maps.normal(1, 120, 4);
    DistributionEvaluation evaluation =
        DistributionEvaluation.in(FeatureSpace.raw(4)).onlyAdded().training(training).build();
    float[][] heldOut = Maps.normal(2, 120, 4);

    MetricResult copied = evaluation.evaluate(heldOut, training).result("memorised share");
    MetricResult fresh = evaluation.evaluate(heldOut, Maps.normal(3, 120, 4)).results().get(0);
    assertThat(copied.value()).hasValue(1);
    assertThat(copied.interval().orElseThrow().low()).isEqualTo(1);
    assertThat(copied.floor().orElseThrow()).isCloseTo(0.05, within(0.04));
    assertThat(fresh.value().orElseThrow()).isLessThan(0.2);
  }

  @Test
  void samplesNoMoreThanFeaturesGiveAWarningAndNoNumber() {
    DistributionEvaluation evaluation =
        DistributionEvaluation.in(FeatureSpace.raw(30))
            .onlyAdded()
            .metric(new FrechetDistance())
            .build();

    MetricResult few =
        evaluation.evaluate(Maps.normal(1, 30, 30), Maps.normal(2, 90, 30)).results().get(0);
    assertThat(few.value()).isEmpty();
    assertThat(few.interval()).isEmpty();
    assertThat(few.floor()).isEmpty();
    assertThat(few.reliable()).isFalse();
    assertThat(few.notes())
        .containsExactly(
            "no value: 30 real and 90 generated samples are too few for covariances of 30 features;"
                + " take more samples than features, or fewer features");

    MetricResult halvesFew =
        evaluation.evaluate(Maps.normal(1, 50, 30), Maps.normal(2, 90, 30)).results().get(0);
    assertThat(halvesFew.value()).isPresent();
    assertThat(halvesFew.interval()).isEmpty();
    assertThat(halvesFew.floor()).isEmpty();
    assertThat(halvesFew.notes()).hasSize(2).allMatch(note -> note.contains("of halves"));
  }

  @Test
  void theIntervalOfAMeanIsThatOfTheBooks() {
    DistributionEvaluation evaluation =
        DistributionEvaluation.in(FeatureSpace.raw(1))
            .onlyAdded()
            .metric(new FirstMean())
            .resamples(400)
            .build();
    double[] widths = new double[200];
    int held = 0;
    for (int seed = 0; seed < widths.length; seed++) {
      // The first 100 take a group for each sample, the others 32 groups.
      float[][] generated = Maps.normal(seed, seed < 100 ? 64 : 400, 1);
      MetricResult result =
          evaluation.evaluate(Maps.normal(1_000 + seed, 64, 1), generated).results().get(0);
      double low = result.interval().orElseThrow().low();
      double high = result.interval().orElseThrow().high();
      widths[seed] = (high - low) * Math.sqrt(generated.length);
      held += low <= 0 && high >= 0 ? 1 : 0;
    }

    assertThat(Arrays.stream(widths).average().orElseThrow()).isCloseTo(2 * 1.96, within(0.2));
    assertThat(held).isBetween(180, 199);
  }

  @Test
  void theFloorOfTheFrechetDistanceIsAtHalfTheSamples() {
    MetricResult result =
        DistributionEvaluation.in(FeatureSpace.raw(8))
            .onlyAdded()
            .metric(new FrechetDistance())
            .build()
            .evaluate(Maps.normal(1, 200, 8), Maps.normal(2, 200, 8))
            .results()
            .get(0);

    double floor = result.floor().orElseThrow();
    assertThat(floor / result.value().orElseThrow()).isBetween(1.4, 3.0);
    assertThat(floor / result.valueAtFloorSize().orElseThrow()).isBetween(0.75, 1.3);
  }

  @Test
  void theSameSeedGivesTheSameNumbersWhateverTheThreads() throws Exception {
    float[][] real = Clouds.clusters(1, 300, 4, ALL);
    float[][] generated = Clouds.clusters(2, 290, 4, 0, 1);
    DistributionEvaluation evaluation = clusters().pairSamples(100).build();
    DistributionReport alone = in(1, () -> evaluation.evaluate(real, generated));

    assertThat(in(4, () -> evaluation.evaluate(real, generated))).isEqualTo(alone);
    assertThat(clusters().pairSamples(100).seed(4).build().evaluate(real, generated))
        .isNotEqualTo(alone);
  }

  private static DistributionReport in(
      int threads, java.util.concurrent.Callable<DistributionReport> work) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(work).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void metricsOfPairsLookAtThatManyAndOthersAtAll() {
    DistributionReport report =
        clusters()
            .pairSamples(50)
            .build()
            .evaluate(Clouds.clusters(1, 80, 4, ALL), Clouds.clusters(2, 90, 4, ALL));

    assertThat(report.result("recall").real()).isEqualTo(50);
    assertThat(report.result("recall").generated()).isEqualTo(50);
    assertThat(report.result("Frechet distance").generated()).isEqualTo(90);
  }

  @Test
  void badSamplesAreNamed() {
    float[][] good = Maps.normal(1, 20, 2);
    requireRefused(new float[0][], good, "real samples (0) must be at least one row");
    requireRefused(good, new float[0][], "generated samples (0) must be at least one row");
    requireRefused(good, Maps.normal(1, 20, 3), "real samples have width 2 and generated");
    requireRefused(good, Maps.normal(1, 3, 2), "generated samples (3) must be at least 4");
    requireRefused(
        new float[20][2], good, "all 2 features of the real samples are constant; take real");
    float[][] bad = Maps.normal(1, 20, 2);
    bad[7][1] = Float.NaN;
    requireRefused(good, bad, "generated samples, row 7, number 1 (NaN) must be finite");
    bad[7][1] = Float.POSITIVE_INFINITY;
    requireRefused(bad, good, "real samples, row 7, number 1 (Infinity) must be finite");
  }

  private static void requireRefused(float[][] real, float[][] generated, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DistributionEvaluation.in(FeatureSpace.raw(2)).build().evaluate(real, generated))
        .withMessageContaining(message);
  }

  @Test
  void constantFeaturesAndTotalCollapseAreNoted() {
    float[][] real = Maps.projection(3, 2).apply(Maps.normal(1, 40, 3));
    DistributionReport report =
        DistributionEvaluation.in(FeatureSpace.raw(3))
            .onlyAdded()
            .metric(new FrechetDistance())
            .metric(new NeighbourMetric(NeighbourMetric.Kind.RECALL, 3))
            .build()
            .evaluate(real, new float[40][3]);

    assertThat(report.notes()).hasSize(2);
    assertThat(report.notes().get(0))
        .contains("1 of 3 features are constant over the real samples, the first is feature 2");
    assertThat(report.notes().get(1)).contains("collapsed onto one");
    assertThat(report.result("recall").value()).hasValue(0);
    double variance = IntStream.range(0, 2).mapToDouble(j -> variance(real, j)).sum();
    assertThat(report.result("Frechet distance").value().orElseThrow())
        .isCloseTo(variance + squaredMean(real), within(1e-5));
  }

  private static double variance(float[][] rows, int j) {
    double mean = Rows.mean(rows)[j];
    return Arrays.stream(rows).mapToDouble(row -> Math.pow(row[j] - mean, 2)).sum()
        / (rows.length - 1);
  }

  private static double squaredMean(float[][] rows) {
    return Arrays.stream(Rows.mean(rows)).map(v -> v * v).sum();
  }

  /** Centres what it is given in place, as a metric of its own may. */
  private static final class InPlace implements DistributionMetric {
    @Override
    public String name() {
      return "in place";
    }

    @Override
    public Goal goal() {
      return Goal.LOWER;
    }

    @Override
    public String bias() {
      return "none";
    }

    @Override
    public Optional<String> refusal(float[][] real, float[][] generated) {
      return measure(real, generated) < 0 ? Optional.of("negative") : Optional.empty();
    }

    @Override
    public double measure(float[][] real, float[][] generated) {
      double sum = 0;
      for (float[][] rows : List.of(real, generated)) {
        for (float[] row : rows) {
          sum += Rows.squaredNorm(row);
          Arrays.fill(row, 0);
        }
      }
      return sum;
    }
  }

  @Test
  void aMetricThatWritesIntoItsRowsSpoilsNoNumberOfItsOwnOrOfOthers() {
    float[][] real = Clouds.clusters(1, 40, 4, ALL);
    float[][] generated = Clouds.clusters(2, 40, 4, ALL);
    DistributionEvaluation.Builder plain =
        DistributionEvaluation.in(FeatureSpace.raw(4)).onlyAdded().metric(new KernelDistance());
    MetricResult expected = plain.build().evaluate(real, generated).result("kernel distance");
    DistributionEvaluation withWriter =
        DistributionEvaluation.in(FeatureSpace.raw(4))
            .onlyAdded()
            .metric(new InPlace())
            .metric(new KernelDistance())
            .build();
    for (int again = 0; again < 2; again++) {
      DistributionReport report = withWriter.evaluate(real, generated);
      assertThat(report.result("kernel distance")).isEqualTo(expected);
      MetricResult own = report.result("in place");
      assertThat(own.value())
          .hasValue(new InPlace().measure(Rows.copy(real), Rows.copy(generated)));
      assertThat(own.valueAtFloorSize().orElseThrow())
          .isCloseTo(own.value().orElseThrow() / 2, withinPercentage(5));
    }
  }
}
