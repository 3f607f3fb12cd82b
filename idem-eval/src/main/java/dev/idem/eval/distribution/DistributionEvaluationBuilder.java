package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a {@link DistributionEvaluation}. */
public final class DistributionEvaluationBuilder {

  private final FeatureSpace space;
  private final List<DistributionMetric> added = new ArrayList<>();
  private float @Nullable [][] training;
  private boolean standard = true;
  private int neighbours = 5;
  private double quantile = 0.05;
  @Nullable LabelClassifier classifier;
  int pairSamples = 2_000;
  int resamples = 200;
  long seed = 1;

  DistributionEvaluationBuilder(FeatureSpace space) {
    this.space = space;
  }

  /**
   * Adds the {@link Memorisation} check against training samples.
   *
   * @param samples [t][n], not features; the real samples must not be among them
   */
  public DistributionEvaluationBuilder training(float[][] samples) {
    this.training = Rows.require("training samples", samples);
    return this;
  }

  /** Adds {@link ClassCoverage} and {@link ClassEntropy} of samples, not of features. */
  public DistributionEvaluationBuilder classifier(LabelClassifier labels) {
    this.classifier = labels;
    return this;
  }

  /** k of precision, recall, density and coverage; 5 unless set. */
  public DistributionEvaluationBuilder neighbours(int k) {
    this.neighbours = Require.positive("neighbours", k);
    return this;
  }

  /** The quantile of the {@link Memorisation} check; 0.05 unless set. */
  public DistributionEvaluationBuilder memorisationQuantile(double share) {
    Require.argument(share > 0 && share < 1, "quantile (%s) must be between 0 and 1", share);
    this.quantile = share;
    return this;
  }

  /** The most samples of either side for metrics that compare pairs; 2,000 unless set. */
  public DistributionEvaluationBuilder pairSamples(int most) {
    Require.argument(most >= 4, "pairSamples (%s) must be at least 4", most);
    this.pairSamples = most;
    return this;
  }

  /** The number of halves behind an interval, at least 40; 200 unless set. */
  public DistributionEvaluationBuilder resamples(int count) {
    Require.argument(count >= 40, "resamples (%s) must be at least 40", count);
    this.resamples = count;
    return this;
  }

  /** The seed of all draws; 1 unless set. */
  public DistributionEvaluationBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  /** Adds a metric of features. */
  public DistributionEvaluationBuilder metric(DistributionMetric metric) {
    added.add(metric);
    return this;
  }

  /** Leaves out the metrics of features that are not added one by one. */
  public DistributionEvaluationBuilder onlyAdded() {
    this.standard = false;
    return this;
  }

  /** The evaluation. */
  public DistributionEvaluation build() {
    return new DistributionEvaluation(this, space);
  }

  /** Standard ones first, then those added. */
  List<DistributionMetric> allMetrics(FeatureSpace features) {
    List<DistributionMetric> all = new ArrayList<>();
    if (standard) {
      all.add(new FrechetDistance());
      all.add(new KernelDistance());
      all.add(new Precision(neighbours));
      all.add(new Recall(neighbours));
      all.add(new Density(neighbours));
      all.add(new Coverage(neighbours));
      all.add(TwoSampleTest.of(TwoSampleClassifier.LOGISTIC_REGRESSION, seed));
      all.add(TwoSampleTest.of(TwoSampleClassifier.RANDOM_FOREST, seed));
    }
    if (training != null) {
      all.add(new Memorisation(features.features(training), quantile));
    }
    all.addAll(added);
    return List.copyOf(all);
  }
}
