package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import dev.idem.eval.linear.Spectrum;
import dev.idem.eval.linear.SymmetricMatrices;
import java.util.Arrays;

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
 * only at equal m, and beside that of two sets of real samples of that m.
 */
public final class FrechetDistance {

  private FrechetDistance() {}

  /**
   * The squared distance, by two spectra of extent n at most.
   *
   * <p>Rounding is about 1e-8 of the largest variance, the root of double precision's, for each
   * direction in which {@code a} varies and {@code b} hardly does; a result below zero is zero.
   *
   * @param a [m_a][n], at least two rows, finite, all of one width
   * @param b [m_b][n], the same
   * @return d^2, not negative, in squared units of the rows
   * @throws IllegalArgumentException if the rows are not such
   */
  public static double between(float[][] a, float[][] b) {
    requireSet("a", a);
    requireSet("b", b);
    Require.argument(
        a[0].length == b[0].length,
        "a has rows of width %s and b of %s; they must be equal",
        a[0].length,
        b[0].length);
    double[][] covarianceA = SymmetricMatrices.covariance(Rows.centred(a));
    double[][] covarianceB = SymmetricMatrices.covariance(Rows.centred(b));
    double squared =
        squaredDifference(Rows.mean(a), Rows.mean(b))
            + trace(covarianceA)
            + trace(covarianceB)
            - 2 * traceOfRoot(covarianceA, covarianceB);
    return Math.max(0, squared);
  }

  private static void requireSet(String name, float[][] rows) {
    Rows.require(name, rows);
    Require.argument(rows.length >= 2, "%s (%s) must be at least two rows", name, rows.length);
  }

  /**
   * tr (C_a^(1/2) C_b C_a^(1/2))^(1/2). With C_a = V^T D V on its range, the matrix under the root
   * has the eigenvalues of D^(1/2) V C_b V^T D^(1/2), and zeros: the null space of C_a, of which
   * images have much, adds no rounding.
   */
  private static double traceOfRoot(double[][] covarianceA, double[][] covarianceB) {
    Spectrum spectrum = Spectrum.of(covarianceA);
    double[] values = spectrum.values();
    double[][] scaled = new double[spectrum.rank()][];
    for (int k = 0; k < scaled.length; k++) {
      double root = Math.sqrt(values[k]);
      scaled[k] = Arrays.stream(spectrum.vector(k)).map(v -> root * v).toArray();
    }
    if (scaled.length == 0) {
      return 0;
    }
    double[] product = Spectrum.of(SymmetricMatrices.congruent(scaled, covarianceB)).values();
    return Arrays.stream(product).filter(v -> v > 0).map(Math::sqrt).sum();
  }

  private static double trace(double[][] matrix) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      sum += matrix[i][i];
    }
    return sum;
  }

  private static double squaredDifference(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }
}
