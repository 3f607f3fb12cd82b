package dev.idem.eval.feature;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import java.util.function.UnaryOperator;

/** Tells what class a sample is of, such as which digit. */
public interface LabelClassifier {

  /** How many classes, at least 2. */
  int classes();

  /**
   * The probability of each class.
   *
   * @param samples [m][n], at least one, finite, all of one width; not to be written to
   * @return [m][classes()], not negative, each row of sum 1
   */
  float[][] probabilities(float[][] samples);

  /** The most probable class of each sample, [m], from 0; the first one if several are equal. */
  default int[] labels(float[][] samples) {
    float[][] rows = probabilities(samples);
    int[] labels = new int[rows.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = mostProbable(rows[i]);
    }
    return labels;
  }

  /** The index of the largest number, the first one if several are equal. */
  static int mostProbable(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
    }
    return best;
  }

  /**
   * Any function, such as a network's softmax. What it returns is checked: one row per sample, of
   * {@code classes} numbers from 0 of sum 1 (to 0.001). It gets copies, and its results are copied.
   */
  static LabelClassifier of(int classes, UnaryOperator<float[][]> function) {
    Require.argument(classes >= 2, "classes (%s) must be at least 2", classes);
    record Checked(int classes, UnaryOperator<float[][]> function) implements LabelClassifier {
      @Override
      public float[][] probabilities(float[][] samples) {
        float[][] rows = Rows.onCopies(function, Rows.requireSamples(samples));
        Rows.requirePerSample("probabilities", classes, samples, rows);
        for (int i = 0; i < rows.length; i++) {
          requireProbabilities(i, rows[i]);
        }
        return rows;
      }
    }
    return new Checked(classes, function);
  }

  private static void requireProbabilities(int row, float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      Require.argument(
          number >= 0,
          "probabilities, row %s (%s) must not be negative; apply a softmax",
          row,
          number);
      sum += number;
    }
    Require.argument(
        Math.abs(sum - 1) <= 1e-3,
        "probabilities, row %s must have sum 1, not %s; apply a softmax",
        row,
        sum);
  }
}
