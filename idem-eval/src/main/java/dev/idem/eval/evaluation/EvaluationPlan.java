package dev.idem.eval.evaluation;

import dev.idem.api.check.Require;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.StructuralSimilarity;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The reference samples, feature space and measures of an {@link Evaluation}.
 *
 * @param real held-out samples [m][n], at least 4; no output is made from them where distributions
 *     are compared
 * @param space the features that distributions are compared in
 * @param similarity the size of the images; without it restoration is not measured
 * @param training samples that outputs might be copies of, if any are known; kept, as {@code real}
 *     is, so that they must not change
 * @param added metrics of distributions beside those of {@code measures}, under names of their own
 */
@SuppressWarnings("ArrayRecordComponent") // samples, never compared
public record EvaluationPlan(
    float[][] real,
    FeatureSpace space,
    Optional<LabelClassifier> classifier,
    Optional<StructuralSimilarity> similarity,
    Optional<float[][]> training,
    Set<Measure> measures,
    List<DistributionMetric> added,
    long seed) {

  private static final int LEAST = 4;

  public EvaluationPlan {
    Rows.require("held-out samples", real);
    Require.argument(
        real.length >= LEAST, "held-out samples (%s) must be at least %s", real.length, LEAST);
    added = List.copyOf(added);
    measures =
        Collections.unmodifiableSet(
            measures.isEmpty() ? EnumSet.noneOf(Measure.class) : EnumSet.copyOf(measures));
  }

  /** All measures, no images, no classes, no training samples; seed 1. */
  public static EvaluationPlan of(float[][] real, FeatureSpace space) {
    return new EvaluationPlan(
        real,
        space,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Measure.all(),
        List.of(),
        1);
  }

  /** This plan, with a classifier. */
  public EvaluationPlan withClassifier(LabelClassifier labels) {
    return new EvaluationPlan(
        real, space, Optional.of(labels), similarity, training, measures, added, seed);
  }

  /** This plan, with restoration measured on images of that size. */
  public EvaluationPlan withSimilarity(StructuralSimilarity images) {
    return new EvaluationPlan(
        real, space, classifier, Optional.of(images), training, measures, added, seed);
  }

  /** This plan, with outputs compared with training samples. */
  public EvaluationPlan withTraining(float[][] samples) {
    return new EvaluationPlan(
        real, space, classifier, similarity, Optional.of(samples), measures, added, seed);
  }

  /** This plan, of these measures only. */
  public EvaluationPlan withMeasures(Set<Measure> chosen) {
    return new EvaluationPlan(real, space, classifier, similarity, training, chosen, added, seed);
  }

  /** This plan, with these metrics as well. */
  public EvaluationPlan withMetrics(List<DistributionMetric> metrics) {
    List<DistributionMetric> all = Stream.concat(added.stream(), metrics.stream()).toList();
    return new EvaluationPlan(real, space, classifier, similarity, training, measures, all, seed);
  }

  /** This plan, with other draws. */
  public EvaluationPlan withSeed(long value) {
    return new EvaluationPlan(
        real, space, classifier, similarity, training, measures, added, value);
  }
}
