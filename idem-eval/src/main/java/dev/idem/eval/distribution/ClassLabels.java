package dev.idem.eval.distribution;

import dev.idem.eval.feature.LabelClassifier;
import java.util.Arrays;
import java.util.Optional;

/** Most probable classes and their frequencies. */
final class ClassLabels {

  private ClassLabels() {}

  static int[] of(float[][] probabilities) {
    return Arrays.stream(probabilities).mapToInt(LabelClassifier::mostProbable).toArray();
  }

  /** The share of each class among the chosen labels. */
  static double[] shares(int[] labels, int[] chosen, int classes) {
    double[] shares = new double[classes];
    for (int i : chosen) {
      shares[labels[i]] += 1.0 / chosen.length;
    }
    return shares;
  }

  static Optional<String> refusal(float[][] real) {
    int[] labels = of(real);
    return Arrays.stream(labels).anyMatch(label -> label != labels[0])
        ? Optional.empty()
        : Optional.of(
            String.format(
                "all %s real samples are of class %s; take real samples of at least two classes",
                labels.length, labels[0]));
  }
}
