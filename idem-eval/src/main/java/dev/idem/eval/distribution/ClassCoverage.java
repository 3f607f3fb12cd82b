package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import java.util.Optional;

/**
 * The share of the classes of real samples that are generated as well, in [0, 1]. A class is, if
 * its share of the generated samples is at least {@code leastShare} of its share of the real ones:
 * one stray sample covers nothing. A sample's class is the most probable one, so that samples that
 * look like all classes at once cover at most one.
 *
 * <p>Its features are a {@link dev.idem.eval.feature.LabelClassifier}'s probabilities.
 *
 * @param leastShare in (0, 1]
 */
public record ClassCoverage(double leastShare) implements DistributionMetric {

  public ClassCoverage {
    Require.argument(
        leastShare > 0 && leastShare <= 1, "leastShare (%s) must be in (0, 1]", leastShare);
  }

  /** A tenth, this project's own choice. */
  public static ClassCoverage defaults() {
    return new ClassCoverage(0.1);
  }

  @Override
  public String name() {
    return "class coverage";
  }

  @Override
  public Goal goal() {
    return Goal.HIGHER;
  }

  @Override
  public String bias() {
    return "falls with fewer samples where classes are rare; only as good as the classifier, which"
        + " names a class for noise too";
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public double most() {
    return 1;
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
    int[] real = ClassLabels.of(pair.real().shared());
    int[] generated = ClassLabels.of(pair.generated().shared());
    int classes = pair.real().shared()[0].length;
    return (r, g) ->
        covered(
            ClassLabels.shares(real, pair.real().indices(r), classes),
            ClassLabels.shares(generated, pair.generated().indices(g), classes));
  }

  private double covered(double[] real, double[] generated) {
    int present = 0;
    int covered = 0;
    for (int c = 0; c < real.length; c++) {
      if (real[c] > 0) {
        present++;
        covered += generated[c] >= leastShare * real[c] ? 1 : 0;
      }
    }
    return (double) covered / present;
  }
}
