package dev.idem.eval.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, A = sum_k values[k] v_k v_k^T, by EJML.
 *
 * @param values [n], the largest first
 * @param vectors [n][n], one a row, in the same order, of norm 1; their signs are arbitrary
 */
@SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
public record Spectrum(double[] values, double[][] vectors) {

  /**
   * The spectrum of a finite symmetric matrix.
   *
   * @throws IllegalStateException if the iteration does not converge
   */
  public static Spectrum of(DMatrixRMaj symmetric) {
    Shifted found = decomposition(symmetric, true);
    int[] order =
        IntStream.range(0, symmetric.numRows)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -found.value(k)))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Spectrum(
        Arrays.stream(order).mapToDouble(found::value).toArray(),
        Arrays.stream(order)
            .mapToObj(k -> found.eigen.getEigenVector(k).data.clone())
            .toArray(double[][]::new));
  }

  /** The eigenvalues alone, [n], in no order; see {@link #of}. */
  public static double[] eigenvalues(DMatrixRMaj symmetric) {
    Shifted found = decomposition(symmetric, false);
    return IntStream.range(0, symmetric.numRows).mapToDouble(found::value).toArray();
  }

  /** The decomposition of A + shift I. */
  private record Shifted(EigenDecomposition_F64<DMatrixRMaj> eigen, double shift) {
    double value(int k) {
      return eigen.getEigenvalue(k).getReal() - shift;
    }
  }

  /**
   * EJML's iteration stops where an off-diagonal element is small beside the diagonal's, which the
   * rounding of a matrix of next to no rank never is: such a one is shifted by its size, after
   * which it is.
   */
  private static Shifted decomposition(DMatrixRMaj symmetric, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
    if (eigen.decompose(symmetric.copy())) {
      return new Shifted(eigen, 0);
    }
    double shift = CommonOps_DDRM.elementMaxAbs(symmetric);
    DMatrixRMaj shifted = symmetric.copy();
    for (int i = 0; i < shifted.numRows; i++) {
      shifted.add(i, i, shift);
    }
    if (eigen.decompose(shifted)) {
      return new Shifted(eigen, shift);
    }
    throw new IllegalStateException("the eigenvalues did not converge");
  }

  /**
   * A A^T [m][m] or A^T A [n][n] of A [m][n], the smaller; they have the same eigenvalues but 0.
   */
  public static DMatrixRMaj smallerGram(double[][] a) {
    DMatrixRMaj matrix = new DMatrixRMaj(a);
    DMatrixRMaj gram = new DMatrixRMaj();
    if (matrix.numRows < matrix.numCols) {
      CommonOps_DDRM.multOuter(matrix, gram);
    } else {
      CommonOps_DDRM.multInner(matrix, gram);
    }
    return gram;
  }

  /** n * 2^-52 times the largest eigenvalue: a positive eigenvalue up to this may be rounding. */
  public static double rounding(double[] eigenvalues) {
    double largest = Arrays.stream(eigenvalues).max().orElse(0);
    return largest * eigenvalues.length * Math.ulp(1.0);
  }

  /** How many eigenvalues are above {@link #rounding}. */
  public int rank() {
    double least = rounding(values);
    return (int) Arrays.stream(values).filter(value -> value > least).count();
  }
}
