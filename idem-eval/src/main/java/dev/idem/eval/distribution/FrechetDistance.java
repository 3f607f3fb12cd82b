package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.linear.Spectrum;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The squared Frechet distance of the Gaussians fitted to two sets of rows (Dowson and Landau,
 * 1982):
 *
 * <pre>d^2 = ||mu_a - mu_b||^2 + tr(C_a + C_b - 2 (C_a^(1/2) C_b C_a^(1/2))^(1/2)),</pre>
 *
 * with mean rows mu and unbiased covariances C. On features of the Inception network this is the
 * FID of Heusel et al. (NeurIPS 2017); here it is taken on the rows as they are, such as pixels,
 * and its values compare with no FID.
 *
 * <p>It sees means and covariances and nothing else. Of finite samples it is biased upwards: two
 * sets from one distribution have a positive distance, which falls as 1/m. So compare distances
 * only at equal m, and beside that of two sets of real samples of that m. As a {@link
 * DistributionMetric} it refuses sets of no more samples than features, whose covariances are
 * singular because of their number; {@link #between} computes the formula of any.
 */
public final class FrechetDistance implements GroupedMetric {

  @Override
  public String name() {
    return "Frechet distance";
  }

  @Override
  public Goal goal() {
    return Goal.LOWER;
  }

  @Override
  public String bias() {
    return "biased upwards by finite samples, about as features^2 / samples: compare at equal"
        + " numbers of samples only; sees means and covariances and nothing else";
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    int width = real[0].length;
    return Math.min(real.length, generated.length) > width
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s real and %s generated samples are too few for covariances of %s features; take"
                    + " more samples than features, or fewer features",
                real.length, generated.length, width));
  }

  /** Sums of each group are taken once; a union's are their sums. */
  @Override
  public OnGroups over(SamplePair pair) {
    double[] origin = Rows.mean(pair.real().shared());
    Sums[] real = sums(pair.real(), origin);
    Sums[] generated = pair.generated() == pair.real() ? real : sums(pair.generated(), origin);
    return (r, g) -> union(real, r, origin).squaredDistance(union(generated, g, origin));
  }

  private static Sums[] sums(GroupedSamples samples, double[] origin) {
    return IntStream.range(0, samples.groups())
        .parallel()
        .mapToObj(
            group -> {
              Sums sums = new Sums(origin);
              for (int i = samples.start(group); i < samples.start(group + 1); i++) {
                sums.add(samples.shared()[i]);
              }
              return sums;
            })
        .toArray(Sums[]::new);
  }

  private static Gaussian union(Sums[] sums, int[] groups, double[] origin) {
    Sums union = new Sums(origin);
    for (int group : groups) {
      union.add(sums[group]);
    }
    return union.gaussian();
  }

  /**
   * The squared distance, by one Cholesky factor and the eigenvalues of one matrix of size n at
   * most.
   *
   * <p>Rounding is about 1e-8 of the largest variance, the root of double precision's, for each
   * direction in which {@code a} varies and {@code b} hardly does; a result below zero is zero.
   *
   * @param a [m_a][n], at least two rows, finite, all of one width
   * @param b [m_b][n], the same
   * @return d^2, not negative, in squared units of the rows
   */
  public static double between(float[][] a, float[][] b) {
    Rows.requireTwo("a", a);
    Rows.requireTwo("b", b);
    Require.argument(
        a[0].length == b[0].length,
        "a has rows of width %s and b of %s; they must be equal",
        a[0].length,
        b[0].length);
    return Gaussian.fit(a).squaredDistance(Gaussian.fit(b));
  }

  /**
   * A mean and a covariance.
   *
   * @param covariance [n][n], symmetric, without negative eigenvalues
   */
  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  record Gaussian(double[] mean, DMatrixRMaj covariance) {

    private static final double ROUNDING = Math.ulp(1.0);

    /** Fitted to at least two rows [m][n]: their mean and unbiased covariance. */
    static Gaussian fit(float[][] rows) {
      DMatrixRMaj covariance = new DMatrixRMaj();
      CommonOps_DDRM.multInner(new DMatrixRMaj(Rows.centred(rows)), covariance);
      CommonOps_DDRM.divide(covariance, rows.length - 1);
      return new Gaussian(Rows.mean(rows), covariance);
    }

    /**
     * With C_a = V^T V, V of rank-many rows, the matrix under the root has the eigenvalues of V C_b
     * V^T, and zeros: the null space of C_a adds no rounding.
     */
    double squaredDistance(Gaussian other) {
      double squared = CommonOps_DDRM.trace(covariance) + CommonOps_DDRM.trace(other.covariance);
      for (int j = 0; j < mean.length; j++) {
        squared += (mean[j] - other.mean[j]) * (mean[j] - other.mean[j]);
      }
      DMatrixRMaj factors = pivotedCholesky(covariance);
      if (factors.numRows > 0) {
        DMatrixRMaj half = CommonOps_DDRM.mult(factors, other.covariance, null);
        DMatrixRMaj congruent = CommonOps_DDRM.multTransB(factors, half, null);
        double root = 0;
        for (double eigenvalue : Spectrum.eigenvalues(congruent)) {
          root += Math.sqrt(Math.max(0, eigenvalue));
        }
        squared -= 2 * root;
      }
      return Math.max(0, squared);
    }

    /**
     * V [rank][n] with C = V^T V. The largest remaining diagonal number is taken first (Higham,
     * 2002, section 10.3), so that a singular matrix, of which images have many, gets rank-many
     * rows. It ends where the diagonal left is n 2^-52 of the largest.
     */
    private static DMatrixRMaj pivotedCholesky(DMatrixRMaj c) {
      int n = c.numRows;
      double[] left = new double[n];
      for (int i = 0; i < n; i++) {
        left[i] = c.get(i, i);
      }
      double least = left[largest(left)] * n * ROUNDING;
      DMatrixRMaj factors = new DMatrixRMaj(n, n);
      int rank = 0;
      for (int pivot = largest(left); rank < n && left[pivot] > least; pivot = largest(left)) {
        double root = Math.sqrt(left[pivot]);
        for (int j = 0; j < n; j++) {
          double v = c.get(pivot, j);
          for (int k = 0; k < rank; k++) {
            v -= factors.get(k, pivot) * factors.get(k, j);
          }
          factors.set(rank, j, v / root);
        }
        for (int j = 0; j < n; j++) {
          left[j] -= factors.get(rank, j) * factors.get(rank, j);
        }
        left[pivot] = 0;
        rank++;
      }
      factors.reshape(rank, n, true);
      return factors;
    }

    private static int largest(double[] values) {
      int largest = 0;
      for (int i = 1; i < values.length; i++) {
        largest = values[i] > values[largest] ? i : largest;
      }
      return largest;
    }
  }

  /**
   * The sums that a mean and a covariance come from. Those of a union of rows are the sums of the
   * parts', so that resampling whole groups of rows costs nothing that rises with their number.
   */
  static final class Sums {
    private final double[] origin;
    private final double[] sum;
    private final double[][] products;
    private int count;

    /**
     * Of no rows yet.
     *
     * @param origin [n], near the mean, or digits are lost; the same for all that are added
     */
    Sums(double[] origin) {
      this.origin = origin;
      this.sum = new double[origin.length];
      this.products = new double[origin.length][];
      for (int i = 0; i < origin.length; i++) {
        products[i] = new double[i + 1];
      }
    }

    void add(float[] row) {
      double[] less = new double[origin.length];
      for (int i = 0; i < less.length; i++) {
        less[i] = row[i] - origin[i];
        sum[i] += less[i];
        double value = less[i];
        double[] line = products[i];
        for (int j = 0; j <= i; j++) {
          line[j] += value * less[j];
        }
      }
      count++;
    }

    void add(Sums other) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += other.sum[i];
        double[] line = products[i];
        double[] added = other.products[i];
        for (int j = 0; j <= i; j++) {
          line[j] += added[j];
        }
      }
      count += other.count;
    }

    /** The mean and the unbiased covariance of at least two rows. */
    Gaussian gaussian() {
      int n = sum.length;
      double[] mean = new double[n];
      DMatrixRMaj covariance = new DMatrixRMaj(n, n);
      for (int i = 0; i < n; i++) {
        mean[i] = origin[i] + sum[i] / count;
        for (int j = 0; j <= i; j++) {
          double value = (products[i][j] - sum[i] * sum[j] / count) / (count - 1);
          covariance.set(i, j, value);
          covariance.set(j, i, value);
        }
      }
      return new Gaussian(mean, covariance);
    }
  }
}
