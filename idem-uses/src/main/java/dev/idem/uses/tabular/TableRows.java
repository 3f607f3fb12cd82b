package dev.idem.uses.tabular;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.data.EpochSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table's normal rows, split into training rows and held-out ones, and its anomalies. The normal
 * rows are those of the commonest label, all of them where there is no label; the others are never
 * trained on. Every number is standardised by mean and standard deviation of its column over the
 * training rows; a missing cell is 0, the column's mean. Immutable.
 */
final class TableRows implements EpochSource {

  /** The split is the same for every seed of a run, so that seeds compare. */
  private static final long SPLIT_SEED = 1;

  private static final double HELD_OUT_SHARE = 0.3;
  private static final int LEAST_ROWS = 10;

  private final NumericTable table;

  /** Standardised; not-a-number where a cell is missing. */
  private final float[][] training;

  private final float[][] heldOut;
  private final float[][] anomalies;

  /**
   * Splits and standardises.
   *
   * @throws IllegalArgumentException if there are fewer than ten normal rows, only one label, or a
   *     column whose numbers do not differ among the training rows
   */
  TableRows(NumericTable table) {
    this.table = table;
    List<double[]> normal = new ArrayList<>();
    List<double[]> others = new ArrayList<>();
    List<String> labels = table.labels().orElse(List.of());
    String normalLabel = labels.isEmpty() ? "" : commonest(labels);
    for (int i = 0; i < table.size(); i++) {
      (labels.isEmpty() || labels.get(i).equals(normalLabel) ? normal : others).add(table.row(i));
    }
    Require.argument(
        labels.isEmpty() || !others.isEmpty(),
        "table %s: every label is '%s'; name no label column, or add rows with another label",
        table.name(),
        normalLabel);
    Require.argument(
        normal.size() >= LEAST_ROWS,
        "table %s: %s normal rows%s; at least %s are needed to train and to hold out",
        table.name(),
        normal.size(),
        labels.isEmpty() ? "" : ", those labelled '" + normalLabel + "'",
        LEAST_ROWS);
    int[] order =
        RandomStreams.permutation(
            normal.size(), RandomStreams.stream(SPLIT_SEED, "rows held out", 0));
    int held = (int) Math.round(HELD_OUT_SHARE * normal.size());
    List<double[]> shuffled = Arrays.stream(order).mapToObj(normal::get).toList();
    List<double[]> trainingRows = shuffled.subList(held, shuffled.size());
    double[] mean = new double[table.columns().size()];
    double[] deviation = new double[mean.length];
    for (int column = 0; column < mean.length; column++) {
      double[] observed = observed(trainingRows, column);
      mean[column] = Arrays.stream(observed).average().orElseThrow();
      double centre = mean[column];
      deviation[column] =
          Math.sqrt(
              Arrays.stream(observed)
                  .map(v -> (v - centre) * (v - centre))
                  .average()
                  .orElseThrow());
    }
    training = standardised(trainingRows, mean, deviation);
    heldOut = standardised(shuffled.subList(0, held), mean, deviation);
    anomalies = standardised(others, mean, deviation);
  }

  private static String commonest(List<String> labels) {
    Map<String, Integer> counts = new HashMap<>();
    labels.forEach(label -> counts.merge(label, 1, Integer::sum));
    // Of equally common labels the first in the file.
    return labels.stream().max(Comparator.comparing(counts::get)).orElseThrow();
  }

  private double[] observed(List<double[]> rows, int column) {
    double[] observed =
        rows.stream().mapToDouble(row -> row[column]).filter(v -> !Double.isNaN(v)).toArray();
    Require.argument(
        Arrays.stream(observed).distinct().count() > 1,
        "table %s, column '%s': the %s training rows have the standard deviation 0, numbers %s;"
            + " drop the column",
        table.name(),
        table.columns().get(column),
        rows.size(),
        Arrays.toString(Arrays.stream(observed).distinct().toArray()));
    return observed;
  }

  private static float[][] standardised(List<double[]> rows, double[] mean, double[] deviation) {
    float[][] standardised = new float[rows.size()][mean.length];
    for (int i = 0; i < standardised.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        standardised[i][j] = (float) ((rows.get(i)[j] - mean[j]) / deviation[j]);
      }
    }
    return standardised;
  }

  /** Rows with 0 for what is missing, for maps. */
  static float[][] filled(float[][] rows) {
    return Arrays.stream(rows).map(TableRows::filled).toArray(float[][]::new);
  }

  static float[] filled(float[] row) {
    float[] filled = row.clone();
    for (int j = 0; j < filled.length; j++) {
      filled[j] = Float.isNaN(filled[j]) ? 0 : filled[j];
    }
    return filled;
  }

  /** A standardised training row, not-a-number where a cell is missing; not to be changed. */
  float[] observedTraining(int index) {
    return training[index];
  }

  /** A standardised row held out, not-a-number where a cell is missing; not to be changed. */
  float[] observedHeldOut(int index) {
    return heldOut[index];
  }

  /** The standardised rows of other labels, not-a-number where a cell is missing; none without. */
  float[][] anomalies() {
    return anomalies;
  }

  /** The training rows, 0 where a cell is missing. */
  float[][] trainingRows() {
    return filled(training);
  }

  @Override
  public int trainingSize() {
    return training.length;
  }

  @Override
  public float[] trainingSample(int index) {
    return filled(training[index]);
  }

  @Override
  public int heldOutSize() {
    return heldOut.length;
  }

  @Override
  public float[] heldOutSample(int index) {
    return filled(heldOut[index]);
  }

  @Override
  public Shape shape() {
    return Shape.of(table.columns().size());
  }

  /**
   * Such as {@code Wisconsin breast cancer data: 250 training rows of 30 numbers, 107 held out, 212
   * anomalies}.
   */
  @Override
  public String description() {
    return "%s: %s training rows of %s numbers, %s held out%s"
        .formatted(
            table.name(),
            training.length,
            shape().size(),
            heldOut.length,
            anomalies.length == 0 ? "" : ", " + anomalies.length + " anomalies");
  }
}
