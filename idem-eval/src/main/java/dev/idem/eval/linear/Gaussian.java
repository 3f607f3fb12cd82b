package dev.idem.eval.linear;

import dev.idem.api.check.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A mean and a covariance.
 *
 * @param mean [n]
 * @param covariance [n][n], symmetric to the last bit, without negative eigenvalues
 */
@SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
public record Gaussian(double[] mean, double[][] covariance) {

  /** Fitted to at least two rows [m][n]: their mean and unbiased covariance. */
  public static Gaussian fit(float[][] rows) {
    return new Gaussian(Rows.mean(rows), SymmetricMatrices.covariance(Rows.centred(rows)));
  }

  /**
   * The squared Frechet distance ||mu_a - mu_b||^2 + tr(C_a + C_b - 2 (C_a^(1/2) C_b
   * C_a^(1/2))^(1/2)) (Dowson and Landau, 1982); a result below zero, by rounding, is zero.
   *
   * <p>With C_a = V^T V, V of rank-many rows, the matrix under the root has the eigenvalues of V
   * C_b V^T, and zeros: the null space of C_a adds no rounding.
   *
   * @throws IllegalStateException if the iteration for the eigenvalues does not converge
   */
  public double squaredDistance(Gaussian other) {
    Require.argument(
        mean.length == other.mean.length,
        "Gaussians of %s and %s dimensions cannot be compared",
        mean.length,
        other.mean.length);
    double squared = trace(covariance) + trace(other.covariance);
    for (int j = 0; j < mean.length; j++) {
      squared += (mean[j] - other.mean[j]) * (mean[j] - other.mean[j]);
    }
    double[][] factors = PivotedCholesky.factors(covariance);
    if (factors.length > 0) {
      squared -= 2 * traceOfRoot(SymmetricMatrices.congruent(factors, other.covariance));
    }
    return Math.max(0, squared);
  }

  /** By EJML, which computes eigenvalues without vectors. */
  private static double traceOfRoot(double[][] symmetric) {
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(symmetric.length, false, true);
    if (!decomposition.decompose(new DMatrixRMaj(symmetric))) {
      throw new IllegalStateException("the eigenvalues did not converge");
    }
    double sum = 0;
    for (int k = 0; k < symmetric.length; k++) {
      sum += Math.sqrt(Math.max(0, decomposition.getEigenvalue(k).getReal()));
    }
    return sum;
  }

  private static double trace(double[][] matrix) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      sum += matrix[i][i];
    }
    return sum;
  }
}
