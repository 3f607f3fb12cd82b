package dev.idem.eval.linear;

import java.util.Arrays;
import org.tribuo.math.la.DenseMatrix;

/** The eigenvalues and eigenvectors of a symmetric matrix: A = sum_k values[k] v_k v_k^T. */
public final class Spectrum {

  private static final double ROUNDING = Math.ulp(1.0);

  private final DenseMatrix.EigenDecomposition decomposition;
  private final double[] values;

  private Spectrum(DenseMatrix.EigenDecomposition decomposition) {
    this.decomposition = decomposition;
    this.values = decomposition.eigenvalues().toArray();
  }

  /**
   * Of a finite matrix [n][n] that is symmetric to the last bit.
   *
   * @throws IllegalStateException if the iteration does not converge
   */
  public static Spectrum of(double[][] symmetric) {
    return new Spectrum(
        DenseMatrix.createDenseMatrix(symmetric)
            .eigenDecomposition()
            .orElseThrow(() -> new IllegalStateException("the spectrum did not converge")));
  }

  /** The eigenvalues, [n], the largest first. */
  public double[] values() {
    return values.clone();
  }

  /** The eigenvector of {@code values()[k]}, [n], of norm 1; its sign is arbitrary. */
  public double[] vector(int k) {
    return decomposition.getEigenVector(k).toArray();
  }

  /** n * 2^-52 times the largest eigenvalue: a positive eigenvalue up to this may be rounding. */
  public double rounding() {
    return Arrays.stream(values).max().orElse(0) * values.length * ROUNDING;
  }

  /** How many eigenvalues are above {@link #rounding}. */
  public int rank() {
    double least = rounding();
    return (int) Arrays.stream(values).filter(value -> value > least).count();
  }
}
