package dev.idem.uses.tabular;

import dev.idem.api.check.Require;
import dev.idem.uses.Use.Held;
import dev.idem.uses.Use.Trained;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Damaged held-out rows, and how well a map restores them and tells anomalies. */
final class HeldRows implements Held {

  private final float[][] inputs;

  /** The rows before the damage, not-a-number where a cell is missing from the table. */
  private final float[][] clean;

  private final float[][] anomalies;

  HeldRows(TableRows rows, Damage damage, long seed, int count) {
    inputs = damage.source(rows).heldOut(seed, count);
    clean =
        Arrays.stream(rows.heldOutIndices(seed, count))
            .mapToObj(rows::observedHeldOut)
            .toArray(float[][]::new);
    anomalies = rows.anomalies();
  }

  @Override
  public float[][] inputs() {
    return inputs;
  }

  /** The root mean squared error of the damaged cells: those that differ from what they were. */
  @Override
  public double quality(float[][] outputs) {
    return error(outputs, true);
  }

  /** Likewise of the other cells, and the ROC area if there are anomalies. */
  @Override
  public double[] measure(Trained f) {
    double others = error(f.apply(inputs), false);
    return anomalies.length == 0
        ? new double[] {others}
        : new double[] {others, RocArea.of(residuals(f, clean), residuals(f, anomalies))};
  }

  private double error(float[][] outputs, boolean damaged) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < clean.length; i++) {
      for (int j = 0; j < clean[i].length; j++) {
        if (!Float.isNaN(clean[i][j]) && damaged == (inputs[i][j] != clean[i][j])) {
          double error = (double) outputs[i][j] - clean[i][j];
          sum += error * error;
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  /**
   * The mean squared residual (f(x) - x)^2 of each row over its observed cells, which ranks as
   * ||f(x) - x|| does where nothing is missing.
   */
  static double[] residuals(Trained f, float[][] rows) {
    float[][] outputs = f.apply(TableRows.filled(rows));
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> residual(outputs[i], rows[i]))
        .toArray();
  }

  private static double residual(float[] output, float[] row) {
    return IntStream.range(0, row.length)
        .filter(j -> !Float.isNaN(row[j]))
        .mapToDouble(j -> Math.pow((double) output[j] - row[j], 2))
        .average()
        .orElseThrow();
  }

  /**
   * The area under the receiver operating characteristic of a score: the probability that an
   * anomaly scores higher than a normal sample, ties counted half (Hanley and McNeil, 1982).
   */
  static final class RocArea {

    private RocArea() {}

    /**
     * The area.
     *
     * @param normal scores, at least one
     * @param anomalies scores, at least one
     * @return from 0 to 1, 0.5 if all scores are equal; not-a-number if a score is
     */
    static double of(double[] normal, double[] anomalies) {
      Require.argument(
          normal.length > 0 && anomalies.length > 0,
          "scores of %s normal samples and %s anomalies: each must be at least one",
          normal.length,
          anomalies.length);
      double wins = 0;
      for (double anomaly : anomalies) {
        for (double other : normal) {
          if (Double.isNaN(anomaly) || Double.isNaN(other)) {
            return Double.NaN;
          }
          wins += anomaly > other ? 1 : anomaly == other ? 0.5 : 0;
        }
      }
      return wins / ((double) normal.length * anomalies.length);
    }
  }
}
