package dev.idem.eval.contract;

import dev.idem.eval.distribution.DistributionEvaluation;
import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport;
import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport.MetricResult;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.feature.FeatureSpace;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DistributionMetric} must keep. Extend it and say how the metric is made:
 *
 * <pre>{@code
 * class EnergyDistanceTest extends MetricContractTest {
 *   @Override
 *   protected DistributionMetric metric() {
 *     return new EnergyDistance();
 *   }
 *
 *   @Override
 *   protected boolean symmetric() {
 *     return true;
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.idem.eval.contract} lists the dependencies that a POM needs for it.
 *
 * <p>A metric of probabilities, or one that normal samples with three features tell nothing,
 * overrides {@link #real} and {@link #different}.
 */
public abstract class MetricContractTest {

  /** Enough for most metrics, few enough for those that look at pairs. */
  private static final int SIZE = 60;

  /** The metric under test: a new one on each call, always made alike. */
  protected abstract DistributionMetric metric();

  /** Samples of one distribution, independent for different seeds; N(0, I) unless overridden. */
  protected float[][] real(long seed, int size) {
    return Samples.normal(seed, size, 3);
  }

  /** Samples of a distribution that the metric should tell from {@link #real}'s. */
  protected float[][] different(long seed, int size) {
    return Samples.folded(real(seed, size));
  }

  /** Whether real and generated samples may change places. */
  protected boolean symmetric() {
    return false;
  }

  /** Whether the order of the samples matters, as where folds are made of them. */
  protected boolean dependsOnOrder() {
    return false;
  }

  @Test
  final void itSaysWhatItIs() {
    for (String text : new String[] {metric().name(), metric().bias()}) {
      MetricRule.require(
          text != null && !text.isBlank() && text.lines().count() == 1,
          "%s: name ('%s') and bias ('%s') must be a line each",
          culprit(),
          metric().name(),
          metric().bias());
    }
    MetricRule.require(metric().goal() != null, "%s has no goal", culprit());
    MetricRule.require(
        metric().least() < metric().most(),
        "%s: least (%s) must be below most (%s)",
        culprit(),
        metric().least(),
        metric().most());
    MetricRule.require(
        metric().floorDraws() > 0,
        "%s: floorDraws (%s) must be positive",
        culprit(),
        metric().floorDraws());
  }

  @Test
  final void valuesAreFiniteAndWithinTheirBounds() {
    DistributionMetric metric = metric();
    for (float[][] generated : new float[][][] {real(2, SIZE), different(3, SIZE)}) {
      double value = measured(metric, real(1, SIZE), generated);
      MetricRule.require(
          Double.isFinite(value) && value >= metric.least() && value <= metric.most(),
          "%s gave %s, which is not between least (%s) and most (%s)",
          culprit(),
          value,
          metric.least(),
          metric.most());
    }
  }

  @Test
  final void theSameSamplesGiveTheSameBits() {
    DistributionMetric metric = metric();
    double first = measured(metric, real(1, SIZE), different(2, SIZE));
    measured(metric, real(3, SIZE), real(4, SIZE));
    MetricRule.require(
        first == measured(metric, real(1, SIZE), different(2, SIZE)),
        "%s gave another value for the same samples; draw from a seed, remember nothing",
        culprit());
    MetricRule.require(
        first == measured(metric(), real(1, SIZE), different(2, SIZE)),
        "%s gave another value when made again; draw from a seed",
        culprit());
  }

  @Test
  final void samplesAreNotWrittenTo() {
    float[][] real = real(1, SIZE);
    float[][] generated = different(2, SIZE);
    float[][] realBefore = Samples.copy(real);
    float[][] generatedBefore = Samples.copy(generated);
    measured(metric(), real, generated);
    MetricRule.require(
        Arrays.deepEquals(real, realBefore) && Arrays.deepEquals(generated, generatedBefore),
        "%s wrote to its samples; copy what is to be changed",
        culprit());
  }

  @Test
  final void theOrderOfSamplesDoesNotMatterUnlessItSaysSo() {
    double value = measured(metric(), real(1, SIZE), different(2, SIZE));
    double reordered =
        measured(
            metric(),
            Samples.reordered(real(1, SIZE), 5),
            Samples.reordered(different(2, SIZE), 6));
    MetricRule.require(
        dependsOnOrder() || near(value, reordered),
        "%s gave %s, and %s for the same samples in another order; if it may, override"
            + " dependsOnOrder",
        culprit(),
        value,
        reordered);
  }

  @Test
  final void realAndGeneratedMayChangePlacesIfItSaysSo() {
    if (!symmetric()) {
      return;
    }
    double there = measured(metric(), real(1, SIZE), different(2, SIZE));
    double back = measured(metric(), different(2, SIZE), real(1, SIZE));
    MetricRule.require(
        near(there, back),
        "%s says that it is symmetric, and gave %s one way and %s the other",
        culprit(),
        there,
        back);
  }

  /** Beside the value of real samples against real ones, its floor. */
  @Test
  final void anotherDistributionIsWorseThanTheSame() {
    double floor = 0;
    double value = 0;
    double spread = 0;
    for (int draw = 0; draw < 3; draw++) {
      double same = measured(metric(), real(10 + draw, SIZE), real(20 + draw, SIZE));
      double other = measured(metric(), real(10 + draw, SIZE), different(20 + draw, SIZE));
      double again = measured(metric(), real(10 + draw, SIZE), real(30 + draw, SIZE));
      floor += same / 3;
      value += other / 3;
      spread += Math.abs(same - again) / 3;
    }
    double worse =
        switch (metric().goal()) {
          case LOWER -> value - floor;
          case HIGHER -> floor - value;
          case AS_REAL -> Math.abs(value - floor);
        };
    MetricRule.require(
        worse > spread,
        "%s gave %s for samples of another distribution and %s for those of the same, by the goal"
            + " %s no worse than draws differ (%s); if it cannot tell those, override real and"
            + " different",
        culprit(),
        value,
        floor,
        metric().goal(),
        spread);
  }

  @Test
  final void invalidSamplesAreRefused() {
    float[][] good = real(1, SIZE);
    int width = good[0].length;
    float[][] ragged = Samples.copy(good);
    ragged[1] = Arrays.copyOf(ragged[1], width + 1);
    float[][] wider =
        Arrays.stream(good).map(row -> Arrays.copyOf(row, width + 1)).toArray(float[][]::new);
    requireRefused("no real samples", "0", new float[0][], good);
    requireRefused("no generated samples", "0", good, new float[0][]);
    requireRefused("rows of two widths", "width", ragged, good);
    requireRefused("rows of two widths", "width", good, ragged);
    requireRefused("sets of two widths", "width", good, wider);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      requireRefused("real samples with " + bad, "" + bad, Samples.with(good, 2, 0, bad), good);
      requireRefused(
          "generated samples with " + bad, "" + bad, good, Samples.with(good, 2, 0, bad));
    }
  }

  private void requireRefused(String what, String told, float[][] real, float[][] generated) {
    MetricRule.refused(culprit(), what, told, () -> metric().measure(real, generated));
  }

  /** Of too few samples there is a reason or a number, and not-a-number is none. */
  @Test
  final void tooFewSamplesHaveAReasonInPlaceOfANumber() {
    for (int size : new int[] {1, 2, 3, 5, 8}) {
      float[][] real = real(1, size);
      float[][] generated = different(2, size);
      Optional<String> refusal =
          MetricRule.of(culprit(), "by refusal", () -> metric().refusal(real, generated));
      if (refusal.isPresent()) {
        MetricRule.refused(
            culprit(),
            size + " samples of either",
            refusal.get(),
            () -> metric().measure(real, generated));
      } else {
        double value = measured(metric(), real, generated);
        MetricRule.require(
            Double.isFinite(value),
            "%s gave %s for %s samples of either; give a reason by refusal",
            culprit(),
            value,
            size);
      }
    }
  }

  @Test
  final void anEvaluationGivesItAnIntervalAndAFloor() {
    MetricResult result = evaluated();
    MetricRule.require(
        result.value().isPresent() && result.interval().isPresent() && result.floor().isPresent(),
        "%s: an evaluation of %s samples has no value, interval or floor: %s",
        culprit(),
        SIZE,
        result.notes());
    MetricRule.require(
        result.equals(evaluated()),
        "%s: an evaluation with the same seed gave other numbers",
        culprit());
  }

  private MetricResult evaluated() {
    float[][] real = real(1, SIZE);
    DistributionEvaluation evaluation =
        DistributionEvaluation.in(FeatureSpace.of("as they are", real[0].length, rows -> rows))
            .onlyAdded()
            .metric(metric())
            .resamples(40)
            .seed(1)
            .build();
    DistributionReport report =
        MetricRule.of(
            culprit(), "in an evaluation", () -> evaluation.evaluate(real, different(2, SIZE)));
    return report.results().get(0);
  }

  private double measured(DistributionMetric metric, float[][] real, float[][] generated) {
    return MetricRule.of(
        culprit(),
        "for " + real.length + " real and " + generated.length + " generated samples",
        () -> metric.measure(real, generated));
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
  }

  private String culprit() {
    return "metric " + metric().getClass().getName();
  }
}
