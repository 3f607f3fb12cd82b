package dev.idem.figures.generative;

import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine;
import dev.idem.eval.distribution.Diversity;
import dev.idem.eval.distribution.FrechetDistance;
import dev.idem.eval.distribution.NearestReal;
import dev.idem.eval.distribution.NeighbourMetric;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.figures.PaperClaims;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.models.classifier.DigitClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures generators of one set of digits on equal terms: the same held-out digits, the same
 * number of samples, two feature spaces: principal components of the training digits' pixels, and
 * the features of the embedded digit classifier, which was trained on other digits.
 */
final class Judge implements AutoCloseable {

  /**
   * Measurements of a trained generator, on held-out images x and fresh noise z.
   *
   * @param reconstruction mean squared error of f(x), x held out
   * @param reconstructionAsInTraining the same with the statistics of the batch: equal, unless the
   *     network normalises by batch
   * @param errorOverVariance E ||f(f(z)) - f(z)||^2 / E ||f(z) - mean f(z)||^2
   * @param relativeError E ||f(f(z)) - f(z)||^2 / E ||f(z)||^2, which a constant passes
   * @param identityDistance E ||f(z) - z||^2 / E ||z||^2
   * @param verdict on f from z, by the thresholds of every other figure
   * @param diversity of f(z) beside held-out images
   * @param frechet squared Frechet distance of f^k(z) to held-out images among principal components
   *     of pixels, k = 1, 2, 3
   * @param nearest median distance of f(z) to the nearest training image, over that of held-out
   *     images, in the same space: 1 is as near as real
   * @param digitFrechet squared Frechet distance of f(z) to held-out images in the features of the
   *     digit classifier
   * @param coverage of held-out images by f(z) in the features of the digit classifier
   * @param classes digits that the classifier sees in at least 1 % of f(z)
   */
  record Measurement(
      double reconstruction,
      double reconstructionAsInTraining,
      double errorOverVariance,
      double relativeError,
      double identityDistance,
      CollapseVerdict verdict,
      Diversity diversity,
      List<Double> frechet,
      double nearest,
      double digitFrechet,
      double coverage,
      int classes) {

    /** The lower bound of the identity distance. */
    static final double IDENTITY_DISTANCE = 0.05;

    Measurement {
      frechet = List.copyOf(frechet);
    }

    /** An uninformative map may be diverse, and merely not idempotent. */
    boolean collapsed() {
      return verdict.collapsed() || verdict == CollapseVerdict.DIVERGED || !diversity.diverse();
    }

    boolean idempotent() {
      return errorOverVariance < PaperClaims.IDEMPOTENT_GENERATOR;
    }

    boolean moves() {
      return identityDistance > IDENTITY_DISTANCE;
    }

    /**
     * {@code diverse} or {@code COLLAPSED}, and a verdict if not healthy: for tables and titles.
     */
    String state() {
      String state = collapsed() ? "COLLAPSED" : "diverse";
      return verdict == CollapseVerdict.HEALTHY
          ? state
          : "%s (%s)".formatted(state, verdict.name().toLowerCase(Locale.ROOT));
    }
  }

  private static final int COMPONENTS = 64;
  private static final int MOST_FITTED = 2_000;
  private static final int PAIRS = 64;
  private static final int NEIGHBOURS = 5;
  private static final long SEED = 7;

  private final float[][] real;
  private final float[][] training;
  private final PrincipalComponents space;
  private final float[][] realFeatures;
  private final float[][] trainingFeatures;
  private final double realNearest;
  private final DigitClassifier classifier;
  private final float[][] realDigitFeatures;
  private final NeighbourMetric coverage =
      new NeighbourMetric(NeighbourMetric.Kind.COVERAGE, NEIGHBOURS);

  /**
   * A judge, to be closed after use.
   *
   * @param samples of each kind; more make the distances' bias smaller
   * @param engine for the classifier
   */
  Judge(FiniteDataSource images, int samples, TrainingEngine engine) {
    int fitted = Math.min(Math.min(MOST_FITTED, 4 * samples), images.trainingSize());
    training = new float[fitted][];
    for (int i = 0; i < fitted; i++) {
      training[i] = images.trainingSample(i);
    }
    real = images.heldOut(SEED, samples);
    space = PrincipalComponents.fit(training, Math.min(COMPONENTS, fitted / 2));
    realFeatures = features(real);
    trainingFeatures = features(training);
    realNearest = NearestReal.of(realFeatures, trainingFeatures).medianDistance();
    classifier = DigitClassifier.embedded(engine);
    realDigitFeatures = classifier.features(real);
  }

  /** The number of samples of each kind. */
  int samples() {
    return real.length;
  }

  /** The number of components of the feature space. */
  int components() {
    return space.variances().size();
  }

  /** Held-out images, always the same. */
  float[][] real() {
    return real;
  }

  /** Noise of a source, always the same. */
  float[][] noise(NoiseSource source) {
    return source.heldOut(SEED, real.length);
  }

  /** As many training digits as there are held-out ones: what no generator can beat. */
  float[][] floor() {
    return Arrays.copyOf(training, Math.min(training.length, real.length));
  }

  /** The squared Frechet distance to held-out digits among principal components of pixels. */
  double frechet(float[][] samples) {
    return FrechetDistance.between(features(samples), realFeatures);
  }

  /** The squared Frechet distance to held-out digits in the classifier's features. */
  double digitFrechet(float[][] samples) {
    return FrechetDistance.between(classifier.features(samples), realDigitFeatures);
  }

  /**
   * The share of held-out digits that a sample is near, in the classifier's features; Naeem et al.,
   * ICML 2020, with 5 neighbours.
   */
  double coverage(float[][] samples) {
    return coverage.measure(realDigitFeatures, classifier.features(samples));
  }

  /** How much farther than held-out images samples are from the nearest training image. */
  double nearest(float[][] samples) {
    return NearestReal.of(features(samples), trainingFeatures).medianDistance() / realNearest;
  }

  Measurement measure(NetworkView f, NoiseSource source) {
    float[][] z = noise(source);
    IdempotencyReport report =
        IdempotencyMetrics.defaults()
            .measure(
                first -> f.apply(first, GenerativeObjective.NOISE),
                then -> f.apply(then, BatchNormalization.OUTPUTS),
                z);
    List<Double> distances = new ArrayList<>();
    float[][] generated = f.apply(z, GenerativeObjective.NOISE);
    float[][] iterate = generated;
    for (int k = 1; k <= 3; k++) {
      distances.add(frechet(iterate));
      iterate = f.apply(iterate, BatchNormalization.OUTPUTS);
    }
    return new Measurement(
        Rows.meanSquaredDifference(f.apply(real, GenerativeObjective.DATA), real),
        Rows.meanSquaredDifference(f.applyAsInTraining(real), real),
        report.errorOverVariance(),
        report.relativeError(),
        report.identityDistance(),
        CollapseThresholds.defaults().judge(report),
        Diversity.measure(generated, real, Math.min(PAIRS, real.length)),
        distances,
        nearest(generated),
        digitFrechet(generated),
        coverage(generated),
        classes(generated));
  }

  private int classes(float[][] samples) {
    int[] counts = new int[classifier.classes()];
    for (int label : classifier.labels(samples)) {
      counts[label]++;
    }
    return (int) Arrays.stream(counts).filter(count -> count * 100L >= samples.length).count();
  }

  @Override
  public void close() {
    classifier.close();
  }

  private float[][] features(float[][] rows) {
    return space.projectFloats(rows);
  }
}
