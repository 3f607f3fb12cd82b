package dev.idem.eval.distribution;

import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  /**
   * Whether each row was classified correctly by a classifier trained on the other folds: row i is
   * in i mod folds. Folds are shared among the processors, and the result does not depend on how.
   */
  static boolean[][] judge(
      TwoSampleTest.Classifier classifier, int folds, long seed, float[][]... sets) {
    Tribuo.quieten();
    String[] names = Tribuo.names(sets[0][0].length);
    boolean[][] right = new boolean[sets.length][sets[0].length];
    IntStream.range(0, folds)
        .parallel()
        .forEach(
            fold -> {
              float[][] training = trainingRows(sets, fold, folds);
              Scale scale = Scale.of(training);
              Model<Label> model =
                  classifier
                      .trainer(names.length, seed)
                      .train(dataset(names, scale, training, sets.length));
              for (int i = fold; i < sets[0].length; i += folds) {
                for (int s = 0; s < sets.length; s++) {
                  right[s][i] = isTold(model, LABELS[s], names, scale.apply(sets[s][i]));
                }
              }
            });
    return right;
  }

  private static MutableDataset<Label> dataset(
      String[] names, Scale scale, float[][] rows, int labels) {
    MutableDataset<Label> data =
        new MutableDataset<>(
            new SimpleDataSourceProvenance("two samples", new LabelFactory()), new LabelFactory());
    for (int i = 0; i < rows.length; i++) {
      data.add(new ArrayExample<>(LABELS[i % labels], names, scale.apply(rows[i])));
    }
    return data;
  }

  private static boolean isTold(Model<Label> model, Label label, String[] names, double[] row) {
    return model
        .predict(new ArrayExample<>(label, names, row))
        .getOutput()
        .getLabel()
        .equals(label.getLabel());
  }

  /** A row of each set in turn. */
  private static float[][] trainingRows(float[][][] sets, int fold, int folds) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < sets[0].length; i++) {
      if (i % folds != fold) {
        for (float[][] set : sets) {
          rows.add(set[i]);
        }
      }
    }
    return rows.toArray(float[][]::new);
  }

  /** Scales each feature to mean 0 and standard deviation 1; constant ones to 0. */
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
