package dev.idem.eval.distribution;

import dev.idem.eval.linear.Rows;
import dev.idem.eval.linear.TribuoLog;
import java.util.Locale;
import java.util.Optional;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Cross-validated judgements of two sets of rows of equal number. */
final class CrossValidation {

  private static final Label[] LABELS = {new Label("real"), new Label("generated")};

  private CrossValidation() {}

  /** Why the classifier cannot be trained on this machine; empty if it can. */
  static Optional<String> unavailable(TwoSampleClassifier classifier) {
    try {
      float[][] few = {{0}, {1}, {2}, {3}};
      judge(classifier, 2, 1, few, few);
      return Optional.empty();
    } catch (LinkageError missing) {
      return Optional.of(
          String.format(
              "%s have no native library for %s %s; use %s",
              classifier,
              System.getProperty("os.name"),
              System.getProperty("os.arch"),
              TwoSampleClassifier.LOGISTIC_REGRESSION));
    }
  }

  /**
   * Whether each row was told rightly by a classifier trained on the other folds: row i is in i mod
   * folds.
   */
  static boolean[][] judge(
      TwoSampleClassifier classifier, int folds, long seed, float[][]... sets) {
    TribuoLog.quieten();
    String[] names = names(sets[0][0].length);
    boolean[][] right = new boolean[sets.length][sets[0].length];
    for (int fold = 0; fold < folds; fold++) {
      float[][] training = trainingRows(sets, fold, folds);
      Scale scale = Scale.of(training);
      MutableDataset<Label> data =
          new MutableDataset<>(
              new SimpleDataSourceProvenance("two samples", new LabelFactory()),
              new LabelFactory());
      for (int i = 0; i < training.length; i++) {
        data.add(new ArrayExample<>(LABELS[i % sets.length], names, scale.apply(training[i])));
      }
      Model<Label> model = classifier.trainer(seed).train(data);
      for (int i = fold; i < sets[0].length; i += folds) {
        for (int s = 0; s < sets.length; s++) {
          Label label = LABELS[s];
          right[s][i] =
              model
                  .predict(new ArrayExample<>(label, names, scale.apply(sets[s][i])))
                  .getOutput()
                  .getLabel()
                  .equals(label.getLabel());
        }
      }
    }
    return right;
  }

  /** A row of each set in turn. */
  private static float[][] trainingRows(float[][][] sets, int fold, int folds) {
    int count = sets[0].length - (sets[0].length - fold + folds - 1) / folds;
    float[][] rows = new float[count * sets.length][];
    int next = 0;
    for (int i = 0; i < sets[0].length; i++) {
      if (i % folds != fold) {
        for (float[][] set : sets) {
          rows[next++] = set[i];
        }
      }
    }
    return rows;
  }

  /** Tribuo orders features by name. */
  private static String[] names(int width) {
    String[] names = new String[width];
    for (int j = 0; j < width; j++) {
      names[j] = String.format(Locale.ROOT, "%06d", j);
    }
    return names;
  }

  /** Brings each feature to mean 0 and deviation 1; constant ones to 0. */
  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  private record Scale(double[] mean, double[] deviation) {

    static Scale of(float[][] rows) {
      double[] mean = Rows.mean(rows);
      double[] deviation = new double[mean.length];
      for (double[] row : Rows.less(mean, rows)) {
        for (int j = 0; j < row.length; j++) {
          deviation[j] += row[j] * row[j] / rows.length;
        }
      }
      for (int j = 0; j < deviation.length; j++) {
        deviation[j] = Math.sqrt(deviation[j]);
      }
      return new Scale(mean, deviation);
    }

    double[] apply(float[] row) {
      double[] scaled = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        scaled[j] = deviation[j] == 0 ? 0 : (row[j] - mean[j]) / deviation[j];
      }
      return scaled;
    }
  }
}
