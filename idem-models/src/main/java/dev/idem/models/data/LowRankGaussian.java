package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.initializer.Initializers;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * x = z B with z ~ N(0, I) of {@code rank} numbers and B [rank, width] fixed, with orthonormal
 * rows: N(0, B'B) on a subspace. The projection B'B is then an idempotent map that leaves every
 * sample where it is.
 *
 * <p>B depends on the basis seed alone and not on the seed of a run, so that runs compare.
 * Immutable.
 */
public final class LowRankGaussian implements DistributionSource {

  private final int width;
  private final int rank;
  private final long basisSeed;
  private final double[] basis;

  /**
   * A distribution on a uniformly drawn subspace.
   *
   * @param width of a sample, positive
   * @param rank dimension of the subspace, positive and at most {@code width}
   * @param basisSeed chooses the subspace
   */
  public LowRankGaussian(int width, int rank, long basisSeed) {
    Require.positive("width", width);
    Require.positive("rank", rank);
    Require.argument(rank <= width, "rank (%s) must be at most the width (%s)", rank, width);
    this.width = width;
    this.rank = rank;
    this.basisSeed = basisSeed;
    ParameterSpec spec =
        new ParameterSpec("basis", Shape.of(rank, width), rank, width, Initializers.orthogonal(1));
    this.basis = spec.initializer().values(spec, RandomStreams.stream(basisSeed, "basis", 0));
  }

  /** The rows of B, [rank][width], orthonormal; a fresh array. */
  public double[][] basis() {
    double[][] rows = new double[rank][];
    for (int i = 0; i < rank; i++) {
      rows[i] = Arrays.copyOfRange(basis, i * width, (i + 1) * width);
    }
    return rows;
  }

  @Override
  public Shape shape() {
    return Shape.of(width);
  }

  @Override
  public void draw(RandomGenerator random, float[] sample) {
    double[] sum = new double[width];
    for (int i = 0; i < rank; i++) {
      double z = random.nextGaussian();
      for (int j = 0; j < width; j++) {
        sum[j] += z * basis[i * width + j];
      }
    }
    for (int j = 0; j < width; j++) {
      sample[j] = (float) sum[j];
    }
  }

  /** Such as {@code normal on a subspace of dimension 4, width 16}. */
  @Override
  public String description() {
    return "normal on a subspace of dimension " + rank + ", width " + width;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LowRankGaussian that
        && width == that.width
        && rank == that.rank
        && basisSeed == that.basisSeed;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + rank) + Long.hashCode(basisSeed);
  }

  @Override
  public String toString() {
    return description();
  }
}
