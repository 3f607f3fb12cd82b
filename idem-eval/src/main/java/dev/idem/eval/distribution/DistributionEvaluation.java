package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport.MetricResult;
import dev.idem.eval.distribution.DistributionMetric.Goal;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private static final int NEIGHBOURS = 5;
  private static final double MEMORISED = 0.05;

  private final FeatureSpace space;
  private final Optional<LabelClassifier> classifier;
  private final List<DistributionMetric> metrics;
  private final int pairSamples;
  private final HalfSampling sampling;

  private DistributionEvaluation(Builder builder, List<DistributionMetric> metrics) {
    this.space = builder.space;
    this.classifier = Optional.ofNullable(builder.classifier);
    this.metrics = List.copyOf(metrics);
    this.pairSamples = builder.pairSamples;
    this.sampling = new HalfSampling(builder.resamples, builder.seed);
  }

  /** A builder; features are those of {@code space}. */
  public static Builder in(FeatureSpace space) {
    return new Builder(space);
  }

  /** Builds a {@link DistributionEvaluation}. */
  public static final class Builder {

    private final FeatureSpace space;
    private final List<DistributionMetric> added = new ArrayList<>();
    private float @Nullable [][] training;
    private boolean standard = true;
    private @Nullable LabelClassifier classifier;
    private int pairSamples = 2_000;
    private int resamples = 200;
    private long seed = 1;

    private Builder(FeatureSpace space) {
      this.space = space;
    }

    /**
     * Adds the {@link Memorisation} check against training samples.
     *
     * @param samples [t][n], not features; the real samples must not be among them; kept, so that
     *     they must not change
     */
    public Builder training(float[][] samples) {
      this.training = Rows.require("training samples", samples);
      return this;
    }

    /** Adds {@link ClassMetrics} of samples, not of features. */
    public Builder classifier(LabelClassifier labels) {
      this.classifier = labels;
      return this;
    }

    /** The most samples of either side for metrics that compare pairs; 2,000 unless set. */
    public Builder pairSamples(int most) {
      Require.argument(most >= 4, "pairSamples (%s) must be at least 4", most);
      this.pairSamples = most;
      return this;
    }

    /** The number of halves behind an interval, at least 40; 200 unless set. */
    public Builder resamples(int count) {
      Require.argument(count >= 40, "resamples (%s) must be at least 40", count);
      this.resamples = count;
      return this;
    }

    /** The seed of all draws; 1 unless set. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /** Adds a metric of features. */
    public Builder metric(DistributionMetric metric) {
      added.add(metric);
      return this;
    }

    /** Leaves out the metrics of features that are not added one by one. */
    public Builder onlyAdded() {
      this.standard = false;
      return this;
    }

    /**
     * The evaluation: standard metrics first, then those added.
     *
     * @throws IllegalArgumentException if two metrics have the same name
     */
    public DistributionEvaluation build() {
      List<DistributionMetric> all = new ArrayList<>();
      if (standard) {
        all.add(new FrechetDistance());
        all.add(new KernelDistance());
        for (NeighbourMetric.Kind kind : NeighbourMetric.Kind.values()) {
          all.add(new NeighbourMetric(kind, NEIGHBOURS));
        }
        for (TwoSampleTest.Classifier tested : TwoSampleTest.Classifier.values()) {
          all.add(TwoSampleTest.of(tested, seed));
        }
      }
      if (training != null) {
        all.add(new Memorisation(space.features(training), MEMORISED));
      }
      all.addAll(added);
      Set<String> names = new HashSet<>();
      all.forEach(
          metric ->
              Require.argument(
                  names.add(metric.name()),
                  "two metrics are named '%s'; give each a name of its own",
                  metric.name()));
      return new DistributionEvaluation(this, all);
    }
  }

  /**
   * Judges samples.
   *
   * @param real held-out samples [m_r][n], at least 4, finite, not all equal
   * @param generated samples [m_g][n], at least 4, finite
   * @throws IllegalArgumentException if they are not such
   */
  public DistributionReport evaluate(float[][] real, float[][] generated) {
    DistributionMetric.requireSamples(real, generated);
    requireEnough("real samples", real);
    requireEnough("generated samples", generated);
    float[][] realFeatures = space.features(real);
    float[][] generatedFeatures = space.features(generated);
    List<String> notes = notes(realFeatures, generatedFeatures);
    List<MetricResult> results = new ArrayList<>();
    Sides sides = sides(realFeatures, generatedFeatures);
    metrics.forEach(metric -> results.add(result(metric, sides)));
    classifier.ifPresent(
        labels -> {
          Sides classes = sides(labels.probabilities(real), labels.probabilities(generated));
          results.add(result(ClassMetrics.Coverage.defaults(), classes));
          results.add(result(new ClassMetrics.Entropy(), classes));
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

  /**
   * What to know of features that do not vary; empty if there are none.
   *
   * @throws IllegalArgumentException if all features of the real samples are constant
   */
  private static List<String> notes(float[][] real, float[][] generated) {
    List<Integer> constant = constant(real);
    int width = real[0].length;
    Require.argument(
        constant.size() < width,
        "all %s features of the real samples are constant; take real samples that differ",
        width);
    List<String> notes = new ArrayList<>();
    if (!constant.isEmpty()) {
      notes.add(
          String.format(
              "%s of %s features are constant over the real samples, the first is feature"
                  + " %s; they say nothing about how real samples vary",
              constant.size(), width, constant.get(0)));
    }
    if (constant(generated).size() == width) {
      notes.add("all generated samples are equal: the generator has collapsed onto one");
    }
    return notes;
  }

  private static List<Integer> constant(float[][] rows) {
    List<Integer> constant = new ArrayList<>();
    for (int j = 0; j < rows[0].length; j++) {
      boolean varies = false;
      for (int i = 1; i < rows.length && !varies; i++) {
        varies = rows[i][j] != rows[0][j];
      }
      if (!varies) {
        constant.add(j);
      }
    }
    return constant;
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
    Optional<Interval> interval = Optional.empty();
    if (refused.isEmpty()) {
      double measured =
          GroupedMetric.over(metric, pair).measure(pair.real().all(), pair.generated().all());
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

  /**
   * The result of a {@link DistributionEvaluation}.
   *
   * @param notes on the samples as a whole; empty if there is nothing to say
   */
  public record DistributionReport(
      String space,
      int width,
      int real,
      int generated,
      List<MetricResult> results,
      List<String> notes) {

    /**
     * A metric with its interval, floor and bias. A number that would be meaningless is absent, and
     * a note says why.
     *
     * @param value on {@code real} and {@code generated} samples
     * @param interval 95 %, about the metric's expectation at these numbers of samples: the bias
     *     stays
     * @param floor the mean of the metric over divisions of the real samples into two disjoint
     *     halves, one in the place of the generated samples: what a perfect generator has, at half
     *     the number of samples
     * @param valueAtFloorSize the mean of the metric over halves of the real and halves of the
     *     generated samples: what the floor compares with where the bias falls with the number of
     *     samples
     * @param notes what makes a number absent or unreliable; empty if nothing does
     */
    public record MetricResult(
        String name,
        Goal goal,
        OptionalDouble value,
        Optional<Interval> interval,
        OptionalDouble floor,
        OptionalDouble valueAtFloorSize,
        int real,
        int generated,
        String bias,
        List<String> notes) {

      public MetricResult {
        notes = List.copyOf(notes);
      }

      /** Whether there is a value and nothing to say against it. */
      public boolean reliable() {
        return value.isPresent() && notes.isEmpty();
      }
    }

    public DistributionReport {
      results = List.copyOf(results);
      notes = List.copyOf(notes);
    }

    /**
     * The result of the metric of that name.
     *
     * @throws IllegalArgumentException if there is none, with the names that there are
     */
    public MetricResult result(String name) {
      return Require.known(
          results.stream().filter(r -> r.name().equals(name)).findFirst().orElse(null),
          "metric",
          name,
          results.stream().map(MetricResult::name).toList());
    }
  }
}
