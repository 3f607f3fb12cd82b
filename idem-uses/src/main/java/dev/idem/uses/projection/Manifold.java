package dev.idem.uses.projection;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A manifold in R^n with the map P from a point to the nearest one on it; P(P(x)) = P(x). */
interface Manifold {

  /** In a word or two, such as {@code circle in R^2}. */
  String name();

  /** n. */
  int width();

  /** Its own dimension, less than n. */
  int dimension();

  /** The standard deviation of the noise that samples have in each of the n directions. */
  double noise();

  /** Draws a point on it. */
  double[] draw(RandomGenerator random);

  /**
   * P(x).
   *
   * @param x n numbers, not to be changed
   */
  double[] nearest(double[] x);

  /**
   * The points of norm 1; P(x) = x / |x|.
   *
   * @param width n, at least 2
   */
  record Sphere(int width) implements Manifold {

    public Sphere {
      Require.argument(width >= 2, "width (%s) must be at least 2", width);
    }

    @Override
    public String name() {
      return width == 2 ? "circle in R^2" : "sphere in R^" + width;
    }

    @Override
    public int dimension() {
      return width - 1;
    }

    @Override
    public double noise() {
      return 0.2;
    }

    /** Uniform. */
    @Override
    public double[] draw(RandomGenerator random) {
      double[] normal = new double[width];
      Arrays.setAll(normal, j -> random.nextGaussian());
      return nearest(normal);
    }

    /** As above; all points are nearest to 0, which goes to (1, 0, ...). */
    @Override
    public double[] nearest(double[] x) {
      double norm = Math.sqrt(Rows.dot(x, x));
      if (norm == 0) {
        double[] first = new double[width];
        first[0] = 1;
        return first;
      }
      return Arrays.stream(x).map(v -> v / norm).toArray();
    }
  }

  /**
   * A subspace of B's rows; P(x) = B'B x. Points are standard normal on it.
   *
   * @param distribution of the points
   */
  record Subspace(LowRankGaussian distribution) implements Manifold {

    /** A fixed random one of dimension 4 in R^16. */
    static Subspace ofRankFour() {
      return new Subspace(new LowRankGaussian(16, 4, 1));
    }

    @Override
    public String name() {
      return "subspace of R^" + width();
    }

    @Override
    public int width() {
      return distribution.shape().size();
    }

    @Override
    public int dimension() {
      return distribution.basis().length;
    }

    @Override
    public double noise() {
      return 0.5;
    }

    @Override
    public double[] draw(RandomGenerator random) {
      float[] sample = new float[width()];
      distribution.draw(random, sample);
      return Rows.widened(sample);
    }

    @Override
    public double[] nearest(double[] x) {
      double[] sum = new double[x.length];
      for (double[] row : distribution.basis()) {
        double coordinate = Rows.dot(row, x);
        for (int j = 0; j < sum.length; j++) {
          sum[j] += coordinate * row[j];
        }
      }
      return sum;
    }
  }
}
