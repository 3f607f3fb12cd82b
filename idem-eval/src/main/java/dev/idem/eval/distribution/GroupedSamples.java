package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import dev.idem.eval.linear.InnerProducts;
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
public final class GroupedSamples {

  private static final int SINGLE = 256;
  private static final int GROUPS = 32;

  private final float[][] rows;
  private final int groups;
  private double @Nullable [][] products;

  private GroupedSamples(float[][] rows) {
    this.rows = rows;
    this.groups = rows.length <= SINGLE ? rows.length : GROUPS;
  }

  /** Rows in the order they have. */
  static GroupedSamples inOrder(float[][] rows) {
    return new GroupedSamples(rows);
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
  public float[][] rows() {
    return Rows.copy(rows);
  }

  /** The rows themselves, not to be written to: what idem's own metrics read. */
  float[][] shared() {
    return rows;
  }

  /** The number of groups. */
  public int groups() {
    return groups;
  }

  /** The first row of a group; that of group {@code groups()} is the number of rows. */
  public int start(int group) {
    Require.argument(
        group >= 0 && group <= groups, "group (%s) must be from 0 to %s", group, groups);
    return (int) ((long) group * rows.length / groups);
  }

  /** All groups, ascending. */
  public int[] all() {
    return IntStream.range(0, groups).toArray();
  }

  /** The numbers of the rows of some groups, group after group. */
  public int[] indices(int[] chosen) {
    return Arrays.stream(chosen)
        .flatMap(group -> IntStream.range(start(group), start(group + 1)))
        .toArray();
  }

  /** Copies of the rows of some groups, group after group. */
  public float[][] rowsOf(int[] chosen) {
    return Arrays.stream(indices(chosen)).mapToObj(i -> rows[i].clone()).toArray(float[][]::new);
  }

  /** Inner products of all rows with all, [m][m]; computed once. */
  synchronized double[][] products() {
    if (products == null) {
      products = InnerProducts.of(rows, rows);
    }
    return products;
  }

  /** Squared norms of all rows. */
  double[] squaredNorms() {
    return Arrays.stream(rows).mapToDouble(Rows::squaredNorm).toArray();
  }
}
