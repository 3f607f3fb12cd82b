package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.feature.LabelClassifier;
import java.util.Arrays;
import java.util.Optional;

/**
 * Metrics of the classes of samples. Their features are a {@link LabelClassifier}'s probabilities;
 * a sample's class is the most probable one. Counting classes, and not averaging probabilities,
 * keeps samples that look like all classes at once from passing for variety.
 */
public final class ClassMetrics {

  private ClassMetrics() {}

  /**
   * The share of the classes of real samples that are generated as well, in [0, 1]. A class is, if
   * its share of the generated samples is at least {@code leastShare} of its share of the real
   * ones: one stray sample covers nothing.
   *
   * @param leastShare in (0, 1]
   */
  public record Coverage(double leastShare) implements GroupedMetric {
    public Coverage {
      Require.argument(
          leastShare > 0 && leastShare <= 1, "leastShare (%s) must be in (0, 1]", leastShare);
    }

    /** A tenth, this project's own choice. */
    public static Coverage defaults() {
      return new Coverage(0.1);
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
      return "falls with fewer samples where classes are rare; only as good as the classifier,"
          + " which names a class for noise too";
    }

    @Override
    public double most() {
      return 1;
    }

    @Override
    public Optional<String> refusal(float[][] real, float[][] generated) {
      return ofOneClass(real);
    }

    @Override
    public OnGroups over(SamplePair pair) {
      int[] real = labels(pair.real().shared());
      int[] generated = labels(pair.generated().shared());
      int classes = pair.real().shared()[0].length;
      return (r, g) ->
          covered(
              counts(real, pair.real().indices(r), classes),
              counts(generated, pair.generated().indices(g), classes));
    }

    /** Of products of counts, as shares would round on either side of the least. */
    private double covered(int[] real, int[] generated) {
      double ofReal = Arrays.stream(real).sum();
      double ofGenerated = Arrays.stream(generated).sum();
      int present = 0;
      int covered = 0;
      for (int c = 0; c < real.length; c++) {
        if (real[c] > 0) {
          present++;
          covered += generated[c] * ofReal >= leastShare * (real[c] * ofGenerated) ? 1 : 0;
        }
      }
      return (double) covered / present;
    }
  }

  /**
   * The entropy of the classes of generated samples, -sum_c p_c ln p_c in nats, with p_c the share
   * of samples of class c: 0 if all are of one class, ln C for C equally frequent ones. Compare it
   * with that of real samples, its floor.
   */
  public record Entropy() implements GroupedMetric {
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
      return "biased downwards by finite samples, about (classes - 1) / (2 samples) nats; only as"
          + " good as the classifier, which names a class for noise too";
    }

    @Override
    public Optional<String> refusal(float[][] real, float[][] generated) {
      return ofOneClass(real);
    }

    @Override
    public OnGroups over(SamplePair pair) {
      int[] labels = labels(pair.generated().shared());
      int classes = pair.generated().shared()[0].length;
      return (r, g) -> entropy(counts(labels, pair.generated().indices(g), classes));
    }

    private static double entropy(int[] counts) {
      double samples = Arrays.stream(counts).sum();
      double entropy = 0;
      for (int count : counts) {
        double share = count / samples;
        entropy -= count > 0 ? share * Math.log(share) : 0;
      }
      return Math.max(0, entropy);
    }
  }

  private static int[] labels(float[][] probabilities) {
    return Arrays.stream(probabilities).mapToInt(LabelClassifier::mostProbable).toArray();
  }

  /** How many of the chosen labels are of each class. */
  private static int[] counts(int[] labels, int[] chosen, int classes) {
    int[] counts = new int[classes];
    for (int i : chosen) {
      counts[labels[i]]++;
    }
    return counts;
  }

  private static Optional<String> ofOneClass(float[][] real) {
    int[] labels = labels(real);
    return Arrays.stream(labels).anyMatch(label -> label != labels[0])
        ? Optional.empty()
        : Optional.of(
            String.format(
                "all %s real samples are of class %s; take real samples of at least two classes",
                labels.length, labels[0]));
  }
}
