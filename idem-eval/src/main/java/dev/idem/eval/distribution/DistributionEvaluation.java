package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges generated samples beside real held-out ones by several metrics, each with an interval, the
 * floor of real samples against real ones, and its bias in words; see {@link MetricResult}.
 *
 * <p>Intervals and floors come from halves drawn without replacement, because the usual bootstrap
 * is biased for every one of these metrics: repeated samples shrink the distances to neighbours,
 * and bias kernels and covariances. The same seed gives the same numbers to the last bit, however
 * many processors there are.
 *
 * <p>Metrics that look at pairs of samples get at most {@code pairSamples} of either, drawn at
 * random and equally many; the others get all.
 */
public final class DistributionEvaluation {

  private static final int LEAST_SAMPLES = 4;

  private final FeatureSpace space;
  private final Optional<LabelClassifier> classifier;
  private final List<DistributionMetric> metrics;
  private final List<DistributionMetric> classMetrics;
  private final int pairSamples;
  private final HalfSampling sampling;

  DistributionEvaluation(DistributionEvaluationBuilder builder, FeatureSpace space) {
    this.space = space;
    this.classifier = Optional.ofNullable(builder.classifier);
    this.metrics = builder.allMetrics(space);
    this.classMetrics = List.of(ClassCoverage.defaults(), new ClassEntropy());
    this.pairSamples = builder.pairSamples;
    this.sampling = new HalfSampling(builder.resamples, builder.seed);
  }

  /** A builder; features are those of {@code space}. */
  public static DistributionEvaluationBuilder in(FeatureSpace space) {
    return new DistributionEvaluationBuilder(space);
  }

  /**
   * Judges samples.
   *
   * @param real held-out samples [m_r][n], at least 4, finite, not all equal
   * @param generated samples [m_g][n], at least 4, finite
   * @throws IllegalArgumentException if they are not such
   */
  public DistributionReport evaluate(float[][] real, float[][] generated) {
    SamplePair.require(real, generated);
    requireEnough("real samples", real);
    requireEnough("generated samples", generated);
    float[][] realFeatures = space.features(real);
    float[][] generatedFeatures = space.features(generated);
    List<String> notes = ConstantFeatures.notes(realFeatures, generatedFeatures);
    List<MetricResult> results = new ArrayList<>();
    Sides sides = sides(realFeatures, generatedFeatures);
    metrics.forEach(metric -> results.add(result(metric, sides)));
    classifier.ifPresent(
        labels -> {
          Sides classes = sides(labels.probabilities(real), labels.probabilities(generated));
          classMetrics.forEach(metric -> results.add(result(metric, classes)));
        });
    return new DistributionReport(
        space.name(), space.width(), real.length, generated.length, results, notes);
  }

  private static void requireEnough(String name, float[][] samples) {
    Require.argument(
        samples.length >= LEAST_SAMPLES,
        "%s (%s) must be at least %s: halves of them are drawn",
        name,
        samples.length,
        LEAST_SAMPLES);
  }

  private record Sides(SamplePair all, SamplePair pairs) {}

  private Sides sides(float[][] real, float[][] generated) {
    GroupedSamples shuffledReal = shuffled(real, "real");
    GroupedSamples shuffledGenerated = shuffled(generated, "generated");
    int count = Math.min(pairSamples, Math.min(real.length, generated.length));
    return new Sides(
        new SamplePair(shuffledReal, shuffledGenerated),
        new SamplePair(shuffledReal.first(count), shuffledGenerated.first(count)));
  }

  private GroupedSamples shuffled(float[][] rows, String name) {
    return GroupedSamples.shuffled(
        rows, RandomStreams.stream(sampling.seed(), "order of " + name, 0));
  }

  private MetricResult result(DistributionMetric metric, Sides sides) {
    SamplePair pair = metric.pairwise() ? sides.pairs : sides.all;
    List<String> notes = new ArrayList<>();
    Optional<String> refused = metric.refusal(pair.real().rows(), pair.generated().rows());
    refused.ifPresent(reason -> notes.add("no value: " + reason));
    OptionalDouble value = OptionalDouble.empty();
    OptionalDouble atFloorSize = OptionalDouble.empty();
    OptionalDouble floor = OptionalDouble.empty();
    Optional<Bootstrap.Interval> interval = Optional.empty();
    if (refused.isEmpty()) {
      double measured = metric.over(pair).measure(pair.real().all(), pair.generated().all());
      value = OptionalDouble.of(measured);
      Optional<String> ofHalves = refusalOfHalves(metric, pair.real(), pair.generated());
      ofHalves.ifPresent(reason -> notes.add("no interval: of halves, " + reason));
      if (ofHalves.isEmpty()) {
        double[] halves = sampling.halves(metric, pair);
        interval = Optional.of(HalfSampling.interval(metric, measured, halves));
        atFloorSize = Arrays.stream(halves).average();
      }
      Optional<String> ofFloor = refusalOfHalves(metric, pair.real(), pair.real());
      ofFloor.ifPresent(reason -> notes.add("no floor: of halves, " + reason));
      if (ofFloor.isEmpty()) {
        floor = OptionalDouble.of(sampling.floor(metric, pair.real()));
      }
    }
    return new MetricResult(
        metric.name(),
        metric.goal(),
        value,
        interval,
        floor,
        atFloorSize,
        pair.real().shared().length,
        pair.generated().shared().length,
        metric.bias(),
        notes);
  }

  /** Whether the smallest halves that may be drawn are refused. */
  private static Optional<String> refusalOfHalves(
      DistributionMetric metric, GroupedSamples real, GroupedSamples generated) {
    return metric.refusal(leastHalf(real), leastHalf(generated));
  }

  /** Groups differ by a sample at most. */
  private static float[][] leastHalf(GroupedSamples samples) {
    int rows = samples.groups() / 2 * (samples.shared().length / samples.groups());
    return Rows.copy(Arrays.copyOf(samples.shared(), rows));
  }
}
