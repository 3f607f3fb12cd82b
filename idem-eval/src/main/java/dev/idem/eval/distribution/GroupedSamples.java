package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import dev.idem.eval.linear.Rows;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of features in groups that resampling takes or leaves whole: what a metric needs to know of
 * a group is then computed once. Up to {@value #SINGLE} rows each is a group of its own; more are
 * in {@value #GROUPS} groups, whose numbers of rows differ by one at most.
 */
final class GroupedSamples {

  private static final int SINGLE = 256;
  private static final int GROUPS = 32;

  private final float[][] rows;
  private final int groups;
  private double @Nullable [][] products;

  /** Rows in the order they have. */
  GroupedSamples(float[][] rows) {
    this.rows = rows;
    this.groups = rows.length <= SINGLE ? rows.length : GROUPS;
  }

  /** Rows in a random order, so that no group is special. */
  static GroupedSamples shuffled(float[][] rows, RandomGenerator random) {
    return new GroupedSamples(
        Arrays.stream(RandomStreams.permutation(rows.length, random))
            .mapToObj(i -> rows[i])
            .toArray(float[][]::new));
  }

  /** The first rows only. */
  GroupedSamples first(int count) {
    return count == rows.length ? this : new GroupedSamples(Arrays.copyOf(rows, count));
  }

  /** A copy of all rows, group after group. */
  float[][] rows() {
    return Rows.copy(rows);
  }

  /** The rows themselves, not to be written to. */
  float[][] shared() {
    return rows;
  }

  /** The number of groups. */
  int groups() {
    return groups;
  }

  /** The first row of a group; that of group {@code groups()} is the number of rows. */
  int start(int group) {
    Require.argument(
        group >= 0 && group <= groups, "group (%s) must be from 0 to %s", group, groups);
    return (int) ((long) group * rows.length / groups);
  }

  /** All groups, ascending. */
  int[] all() {
    return IntStream.range(0, groups).toArray();
  }

  /** The numbers of the rows of some groups, group after group. */
  int[] indices(int[] chosen) {
    return Arrays.stream(chosen)
        .flatMap(group -> IntStream.range(start(group), start(group + 1)))
        .toArray();
  }

  /** Copies of the rows of some groups, group after group. */
  float[][] rowsOf(int[] chosen) {
    return Arrays.stream(indices(chosen)).mapToObj(i -> rows[i].clone()).toArray(float[][]::new);
  }

  /** Those of {@code values}, one per row, that belong to some groups, group after group. */
  double[] valuesOf(double[] values, int[] chosen) {
    return Arrays.stream(indices(chosen)).mapToDouble(i -> values[i]).toArray();
  }

  /** Inner products of all rows with all, [m][m]; computed once. */
  synchronized double[][] products() {
    if (products == null) {
      products = products(rows, rows);
    }
    return products;
  }

  /**
   * a_i . b_j in double precision, [m_a][m_b]. Each is summed in the order of the numbers, so that
   * a . b is b . a to the last bit and rows that are equal have a distance of exactly zero. Rows
   * are shared among the processors; the result does not depend on how.
   */
  static double[][] products(float[][] a, float[][] b) {
    double[][] columns = new double[b[0].length][b.length];
    for (int j = 0; j < b.length; j++) {
      for (int k = 0; k < columns.length; k++) {
        columns[k][j] = b[j][k];
      }
    }
    return Arrays.stream(a)
        .parallel()
        .map(row -> products(row, columns, b.length))
        .toArray(double[][]::new);
  }

  private static double[] products(float[] row, double[][] columns, int count) {
    double[] products = new double[count];
    for (int k = 0; k < row.length; k++) {
      double value = row[k];
      double[] column = columns[k];
      // All sums at once, which the compiler turns into vector instructions.
      for (int j = 0; j < count; j++) {
        products[j] += value * column[j];
      }
    }
    return products;
  }

  /** Squared norms of all rows. */
  double[] squaredNorms() {
    return Arrays.stream(rows).mapToDouble(Rows::squaredNorm).toArray();
  }
}
