package dev.idem.eval.distribution;

import java.util.Optional;

/**
 * The entropy of the classes of generated samples, -sum_c p_c ln p_c in nats, with p_c the share of
 * samples whose most probable class is c: 0 if all are of one class, ln C for C equally frequent
 * ones. Compare it with that of real samples, its floor.
 *
 * <p>Its features are a {@link dev.idem.eval.feature.LabelClassifier}'s probabilities. Counting
 * classes, and not averaging probabilities, keeps samples that look like all classes at once from
 * having the entropy of variety.
 */
public final class ClassEntropy implements DistributionMetric {

  @Override
  public String name() {
    return "class entropy";
  }

  @Override
  public Goal goal() {
    return Goal.AS_REAL;
  }

  @Override
  public String bias() {
    return "biased downwards by finite samples, about (classes - 1) / (2 samples) nats; only as good"
        + " as the classifier, which names a class for noise too";
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    return ClassLabels.refusal(real);
  }

  @Override
  public double measure(float[][] real, float[][] generated) {
    return SamplePair.measureAll(this, real, generated);
  }

  @Override
  public GroupMeasure over(SamplePair pair) {
    int[] labels = ClassLabels.of(pair.generated().shared());
    int classes = pair.generated().shared()[0].length;
    return (r, g) -> entropy(ClassLabels.shares(labels, pair.generated().indices(g), classes));
  }

  private static double entropy(double[] shares) {
    double entropy = 0;
    for (double share : shares) {
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return Math.max(0, entropy);
  }
}
