package dev.idem.figures.trajectory;

import dev.idem.api.polynomial.Complex;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues of square matrices. */
final class Spectrum {

  private Spectrum() {}

  /**
   * The eigenvalues, by real part and then imaginary part.
   *
   * @param matrix row-major, [width, width]
   */
  static List<Complex> eigenvalues(double[] matrix, int width) {
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(width, false, false);
    if (!decomposition.decompose(new DMatrixRMaj(width, width, true, matrix.clone()))) {
      throw new ArithmeticException(
          "the eigenvalues of a %s x %s matrix did not converge".formatted(width, width));
    }
    List<Complex> eigenvalues = new ArrayList<>();
    for (int i = 0; i < decomposition.getNumberOfEigenvalues(); i++) {
      Complex_F64 value = decomposition.getEigenvalue(i);
      eigenvalues.add(new Complex(value.real, value.imaginary));
    }
    eigenvalues.sort(
        java.util.Comparator.comparingDouble(Complex::re).thenComparingDouble(Complex::im));
    return eigenvalues;
  }
}
