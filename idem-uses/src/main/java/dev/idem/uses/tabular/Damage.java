package dev.idem.uses.tabular;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.data.SupervisedSource;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What happens to the cells of a row. A share of the cells that hold a number is damaged, rounded
 * to whole cells: at least one, and never all of a row.
 */
enum Damage {
  /** Cells get the mean of their column. */
  MISSING("30 % of the cells missing", 0.3),
  /** Cells get another number of their column, that of a training row drawn at random. */
  WRONG("20 % of the cells wrong", 0.2);

  private final String label;
  private final double share;

  Damage(String label, double share) {
    this.label = label;
    this.share = share;
  }

  String label() {
    return label;
  }

  /**
   * A damaged copy of a row.
   *
   * @param row standardised, not-a-number where a cell is missing, which is no damage
   * @param rows where wrong numbers come from
   * @return 0 for what is missing
   */
  float[] of(float[] row, TableRows rows, RandomGenerator random) {
    int[] observed = IntStream.range(0, row.length).filter(j -> !Float.isNaN(row[j])).toArray();
    int wanted = Math.max(1, (int) Math.round(share * observed.length));
    int count = Math.min(wanted, observed.length - 1);
    float[] damaged = TableRows.filled(row);
    int[] order = RandomStreams.permutation(observed.length, random);
    for (int i = 0; i < count; i++) {
      int cell = observed[order[i]];
      damaged[cell] = this == MISSING ? 0 : other(row[cell], cell, rows, random);
    }
    return damaged;
  }

  /** A column's numbers differ among the training rows, so that there is another. */
  private static float other(float own, int cell, TableRows rows, RandomGenerator random) {
    float other = own;
    while (other == own || Float.isNaN(other)) {
      other = rows.observedTraining(random.nextInt(rows.trainingSize()))[cell];
    }
    return other;
  }

  /** Damaged rows, with the rows as they were for targets. */
  SupervisedSource source(TableRows rows) {
    String description = rows.description() + ", " + label;
    return new SupervisedSource(new Damaged(rows, this, description), rows, description);
  }

  private record Damaged(TableRows rows, Damage damage, String description) implements DataSource {

    @Override
    public Shape shape() {
      return rows.shape();
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      RandomGenerator random = RandomStreams.stream(seed, "damage", step);
      return Arrays.stream(rows.batchIndices(seed, step, size))
          .mapToObj(index -> damage.of(rows.observedTraining(index), rows, random))
          .toArray(float[][]::new);
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      RandomGenerator random = RandomStreams.stream(seed, "held-out damage", 0);
      return Arrays.stream(rows.heldOutIndices(seed, size))
          .mapToObj(index -> damage.of(rows.observedHeldOut(index), rows, random))
          .toArray(float[][]::new);
    }
  }
}
