package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Numbers;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.initializer.Initializers;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Independent draws from one distribution: implement {@link #draw} to add one. Every batch, and
 * every held-out sample, is a fresh draw; a larger batch of the same step begins with the smaller.
 *
 * <p>Two sources of one kind give the same underlying random numbers for the same seed and step:
 * hand them different seeds where they must be independent.
 */
public interface DistributionSource extends DataSource {

  /**
   * Draws one sample.
   *
   * @param random the only source of randomness
   * @param sample to fill, row-major, {@code shape().size()} long
   */
  void draw(RandomGenerator random, float[] sample);

  @Override
  default float[][] batch(long seed, long step, int size) {
    Require.notNegative("step", step);
    return draws(RandomStreams.stream(seed, "batch", step), size);
  }

  @Override
  default float[][] heldOut(long seed, int size) {
    return draws(RandomStreams.stream(seed, "held-out", 0), size);
  }

  private float[][] draws(RandomGenerator random, int size) {
    Require.positive("size", size);
    float[][] samples = new float[size][shape().size()];
    for (float[] sample : samples) {
      draw(random, sample);
    }
    return samples;
  }

  /**
   * Independent components, each N(mean, standardDeviation^2).
   *
   * @param shape of one sample
   * @param mean finite
   * @param standardDeviation positive
   */
  record Gaussian(Shape shape, double mean, double standardDeviation)
      implements DistributionSource {

    public Gaussian {
      Require.argument(Double.isFinite(mean), "mean (%s) must be finite", mean);
      Require.positive("standardDeviation", standardDeviation);
    }

    /** Standard normal rows of {@code width} numbers. */
    public Gaussian(int width) {
      this(Shape.of(Require.positive("width", width)));
    }

    /** Standard normal samples of any shape. */
    public Gaussian(Shape shape) {
      this(shape, 0, 1);
    }

    @Override
    public void draw(RandomGenerator random, float[] sample) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (float) (mean + standardDeviation * random.nextGaussian());
      }
    }

    /** Such as {@code normal(0, 1), width 16}: mean and standard deviation. */
    @Override
    public String description() {
      return "normal(%s, %s), %s"
          .formatted(Numbers.text(mean), Numbers.text(standardDeviation), dimensions(shape));
    }
  }

  /**
   * Independent components, each uniform in [low, high]: drawn from [low, high) in double precision
   * and then rounded.
   *
   * @param shape of one sample
   * @param low finite
   * @param high finite, above {@code low}
   */
  record Uniform(Shape shape, double low, double high) implements DistributionSource {

    public Uniform {
      Require.argument(
          low < high && Double.isFinite(high - low),
          "low (%s) must be less than high (%s), and both finite",
          low,
          high);
    }

    /** Rows of {@code width} numbers. */
    public Uniform(int width, double low, double high) {
      this(Shape.of(Require.positive("width", width)), low, high);
    }

    @Override
    public void draw(RandomGenerator random, float[] sample) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (float) random.nextDouble(low, high);
      }
    }

    /** Such as {@code uniform(-1, 1), width 16}. */
    @Override
    public String description() {
      return "uniform(%s, %s), %s"
          .formatted(Numbers.text(low), Numbers.text(high), dimensions(shape));
    }
  }

  /**
   * x = z B with z ~ N(0, I) of {@code rank} numbers and B [rank, width] fixed, with orthonormal
   * rows: N(0, B'B) on a subspace. The projection B'B is then an idempotent map that leaves every
   * sample where it is.
   *
   * <p>B depends on the basis seed alone and not on the seed of a run, so that runs compare.
   * Immutable.
   */
  static final class LowRankGaussian implements DistributionSource {

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
          new ParameterSpec(
              "basis", Shape.of(rank, width), rank, width, Initializers.orthogonal(1));
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

  /** {@code width 16} for rows, {@code shape [28, 28, 1]} for the rest. */
  private static String dimensions(Shape shape) {
    return shape.rank() == 1 ? "width " + shape.last() : "shape " + shape;
  }
}
