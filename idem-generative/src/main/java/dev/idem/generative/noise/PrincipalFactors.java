package dev.idem.generative.noise;

import dev.idem.api.check.Require;
import dev.idem.generative.noise.StoredStatistics.CheckedImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Mean and factors of images x_1 ... x_m: with the eigenvalues l_i and orthonormal eigenvectors v_i
 * of their covariance, factor_i = sqrt(l_i) v_i, so that the sum of factor_i factor_i' is the
 * covariance. Largest first, each with a positive number of largest magnitude; factors with an
 * eigenvalue of at most {@link #RELATIVE_CUT} times the largest are left out.
 */
@SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
record PrincipalFactors(float[] mean, float[][] factors) {

  /** A standard deviation below 1 / 3,000 of the largest is closer to rounding than to an image. */
  static final double RELATIVE_CUT = 1e-7;

  /** From the covariance [n, n], in two passes over the images. */
  static PrincipalFactors ofCovariance(CheckedImages images) {
    double[] mean = mean(images);
    OuterProducts products = new OuterProducts(mean.length);
    for (int i = 0; i < images.count(); i++) {
      float[] image = images.image(i);
      double[] centred = products.next();
      for (int j = 0; j < mean.length; j++) {
        centred[j] = image[j] - mean[j];
      }
    }
    List<Eigenpair> pairs = eigenpairs(products, 1.0 / (images.count() - 1), images.count());
    float[][] factors = new float[pairs.size()][mean.length];
    for (int i = 0; i < factors.length; i++) {
      double[] vector = pairs.get(i).vector;
      double deviation = Math.sqrt(pairs.get(i).value);
      for (int j = 0; j < mean.length; j++) {
        factors[i][j] = (float) (deviation * vector[j]);
      }
    }
    return new PrincipalFactors(StoredStatistics.rounded(mean), signed(factors));
  }

  /**
   * From the inner products [m, m] of the centred images, which are held in memory: with their
   * eigenvectors u_i, factor_i = sum over k of u_ik (x_k - mean) / sqrt(m - 1). The same factors,
   * at most m - 1, for less work where m is less than n.
   */
  static PrincipalFactors ofInnerProducts(CheckedImages images) {
    double[] mean = mean(images);
    float[][] centred = new float[images.count()][mean.length];
    for (int i = 0; i < centred.length; i++) {
      float[] image = images.image(i);
      for (int j = 0; j < mean.length; j++) {
        centred[i][j] = (float) (image[j] - mean[j]);
      }
    }
    OuterProducts products = new OuterProducts(centred.length);
    for (int j = 0; j < mean.length; j++) {
      double[] column = products.next();
      for (int i = 0; i < centred.length; i++) {
        column[i] = centred[i][j];
      }
    }
    double divisor = images.count() - 1;
    List<Eigenpair> pairs = eigenpairs(products, 1 / divisor, images.count());
    float[][] coefficients = new float[pairs.size()][centred.length];
    for (int i = 0; i < coefficients.length; i++) {
      double[] vector = pairs.get(i).vector;
      for (int k = 0; k < centred.length; k++) {
        coefficients[i][k] = (float) (vector[k] / Math.sqrt(divisor));
      }
    }
    float[][] factors = new float[pairs.size()][mean.length];
    LinearCombinations.add(factors, coefficients, centred);
    return new PrincipalFactors(StoredStatistics.rounded(mean), signed(factors));
  }

  private static double[] mean(CheckedImages images) {
    double[] mean = new double[images.shape().size()];
    for (int i = 0; i < images.count(); i++) {
      float[] image = images.image(i);
      for (int j = 0; j < mean.length; j++) {
        mean[j] += image[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= images.count();
    }
    return mean;
  }

  /** An eigenvector's sign is arbitrary: the first number of largest magnitude becomes positive. */
  private static float[][] signed(float[][] factors) {
    for (float[] factor : factors) {
      float largest = 0;
      for (float value : factor) {
        largest = Math.abs(value) > Math.abs(largest) ? value : largest;
      }
      for (int j = 0; largest < 0 && j < factor.length; j++) {
        factor[j] = -factor[j];
      }
    }
    return factors;
  }

  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  private record Eigenpair(double value, double[] vector) {}

  /**
   * The eigenpairs worth keeping of the sum times {@code factor}, largest first. EJML's iteration
   * may not end for a matrix of next to no rank: such a one is shifted by its size, after which it
   * does.
   */
  private static List<Eigenpair> eigenpairs(OuterProducts products, double factor, int images) {
    DMatrixRMaj symmetric = products.sum(factor);
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(symmetric.getNumRows(), true, true);
    double shift = 0;
    if (!decomposition.decompose(symmetric)) {
      symmetric = products.sum(factor);
      shift = CommonOps_DDRM.elementMaxAbs(symmetric);
      for (int i = 0; i < symmetric.getNumRows(); i++) {
        symmetric.add(i, i, shift);
      }
      if (!decomposition.decompose(symmetric)) {
        throw new ArithmeticException(
            "the eigenvalues of the images' covariance did not converge; scale the images to [-1,"
                + " 1]");
      }
    }
    List<Eigenpair> pairs = new ArrayList<>();
    for (int i = 0; i < decomposition.getNumberOfEigenvalues(); i++) {
      double value = decomposition.getEigenvalue(i).getReal() - shift;
      pairs.add(new Eigenpair(value, decomposition.getEigenVector(i).data));
    }
    double largest = pairs.stream().mapToDouble(pair -> pair.value).max().orElse(0);
    Require.argument(
        largest > 0, "all %s images are the same; noise needs some that differ", images);
    pairs.removeIf(pair -> !(pair.value > RELATIVE_CUT * largest));
    pairs.sort(Comparator.comparingDouble((Eigenpair pair) -> pair.value).reversed());
    return pairs;
  }

  /** The sum of v v' over vectors v of {@code width} numbers. */
  static final class OuterProducts {

    /** Vectors added at once, so that an element is read and written once for all of them. */
    private static final int BLOCK = 4;

    private final double[][] upper;
    private final double[][] waiting;
    private int filled;

    OuterProducts(int width) {
      this.upper = new double[width][width];
      this.waiting = new double[BLOCK][width];
    }

    /** A vector to fill entirely; it counts from then on. */
    double[] next() {
      if (filled == BLOCK) {
        addWaiting();
      }
      return waiting[filled++];
    }

    /** The sum, times {@code factor}; symmetric. */
    DMatrixRMaj sum(double factor) {
      for (int k = filled; k < BLOCK; k++) {
        Arrays.fill(waiting[k], 0);
      }
      addWaiting();
      int width = upper.length;
      DMatrixRMaj sum = new DMatrixRMaj(width, width);
      for (int i = 0; i < width; i++) {
        for (int j = i; j < width; j++) {
          sum.set(i, j, factor * upper[i][j]);
          sum.set(j, i, factor * upper[i][j]);
        }
      }
      return sum;
    }

    private void addWaiting() {
      for (int i = 0; i < upper.length; i++) {
        add(upper[i], i, waiting[0], waiting[1], waiting[2], waiting[3]);
      }
      filled = 0;
    }

    private static void add(double[] row, int i, double[] a, double[] b, double[] c, double[] d) {
      double ai = a[i];
      double bi = b[i];
      double ci = c[i];
      double di = d[i];
      if (ai == 0 && bi == 0 && ci == 0 && di == 0) {
        return;
      }
      for (int j = i; j < row.length; j++) {
        row[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
      }
    }
  }

  /** Sums of rows with coefficients, in loops that the JVM turns into vector instructions. */
  static final class LinearCombinations {

    /** Columns worked on at once: a piece of a sum and of four rows stays in the nearest cache. */
    private static final int TILE = 1_024;

    private LinearCombinations() {}

    /**
     * sums[s] += coefficients[s][0] rows[0] + coefficients[s][1] rows[1] + ... The order of the
     * additions does not depend on how many sums there are.
     */
    static void add(float[][] sums, float[][] coefficients, float[][] rows) {
      int width = sums[0].length;
      int rank = rows.length;
      for (int from = 0; from < width; from += TILE) {
        int to = Math.min(width, from + TILE);
        int k = 0;
        for (; k + 4 <= rank; k += 4) {
          for (int s = 0; s < sums.length; s++) {
            addFour(sums[s], coefficients[s], rows, k, from, to);
          }
        }
        for (; k < rank; k++) {
          for (int s = 0; s < sums.length; s++) {
            addOne(sums[s], coefficients[s][k], rows[k], from, to);
          }
        }
      }
    }

    private static void addFour(
        float[] sum, float[] coefficients, float[][] rows, int k, int from, int to) {
      float a = coefficients[k];
      float b = coefficients[k + 1];
      float c = coefficients[k + 2];
      float d = coefficients[k + 3];
      float[] x = rows[k];
      float[] y = rows[k + 1];
      float[] z = rows[k + 2];
      float[] w = rows[k + 3];
      for (int j = from; j < to; j++) {
        sum[j] += a * x[j] + b * y[j] + c * z[j] + d * w[j];
      }
    }

    private static void addOne(float[] sum, float a, float[] row, int from, int to) {
      for (int j = from; j < to; j++) {
        sum[j] += a * row[j];
      }
    }
  }
}
