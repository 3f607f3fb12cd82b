package dev.idem.models.initializer;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * The built-in initialisers. Each is a value: equal when made from equal numbers. Normal draws are
 * not truncated, and as repeatable across releases of Java as {@link RandomGenerator#nextGaussian},
 * see {@link dev.idem.models.data}.
 */
public final class Initializers {

  private Initializers() {}

  /** All zero. */
  public static Initializer zeros() {
    return Initializer.ZEROS;
  }

  /**
   * All {@code value}.
   *
   * @param value finite
   */
  public static Initializer constant(double value) {
    return new Constant(value);
  }

  /**
   * U(-b, b) with b = 1 / sqrt(fanIn), variance 1 / (3 fanIn): what PyTorch's Linear and Conv
   * layers start from, kernels and biases alike. (Its ConvTranspose layers compute fanIn otherwise,
   * see {@link dev.idem.models.network.ConvAutoencoder}.)
   */
  public static Initializer uniformFanIn() {
    return new FanScaledUniform(false);
  }

  /**
   * U(-b, b) with b = sqrt(6 / (fanIn + fanOut)), variance 2 / (fanIn + fanOut): Glorot and Bengio,
   * 2010.
   */
  public static Initializer glorotUniform() {
    return new FanScaledUniform(true);
  }

  /** N(0, 2 / fanIn), which keeps the power of a ReLU network: He et al., 2015. */
  public static Initializer heNormal() {
    return new FanScaledNormal(2);
  }

  /**
   * N(0, 1 / fanIn), which keeps the power of a linear layer (unit gain): LeCun et al., 1998. The
   * eigenvalues of a square kernel then fill the unit disc.
   */
  public static Initializer lecunNormal() {
    return new FanScaledNormal(1);
  }

  /**
   * N(0, standardDeviation^2), whatever the shape; DCGAN and IGN use 0.02.
   *
   * @param standardDeviation positive
   */
  public static Initializer normal(double standardDeviation) {
    return new Normal(standardDeviation);
  }

  /**
   * {@code gain} times a matrix with orthonormal columns or rows, whichever are fewer, drawn
   * uniformly (Haar measure): Saxe et al., 2014. A kernel of more than two axes is taken as a
   * matrix with the innermost axis for columns, so that a convolution's is [h w in, out].
   *
   * <p>Throws {@link IllegalArgumentException} when drawing for a parameter of fewer than two axes.
   *
   * @param gain positive
   */
  public static Initializer orthogonal(double gain) {
    return new Orthogonal(gain);
  }

  /**
   * I + E with independent E_ij ~ N(0, standardDeviation^2). The eigenvalues of E fill a disc of
   * radius about standardDeviation sqrt(n).
   *
   * <p>Throws {@link IllegalArgumentException} when drawing for anything but a square matrix.
   *
   * @param standardDeviation of each element of E, not negative
   */
  public static Initializer identityPlusNoise(double standardDeviation) {
    return new IdentityPlusNoise(standardDeviation);
  }

  /**
   * P + noise E, with P the orthogonal projection on a uniformly drawn subspace of dimension {@code
   * rank} and independent E_ij ~ N(0, 1/n). The eigenvalues of E fill the unit disc, so that {@code
   * noise} is about how far those of P are moved, whatever n.
   *
   * <p>Throws {@link IllegalArgumentException} when drawing for anything but a square matrix of at
   * least {@code rank} rows.
   *
   * @param rank of P, positive
   * @param noise not negative; 0 gives P itself, idempotent to rounding
   */
  public static Initializer nearIdempotent(int rank, double noise) {
    return new NearIdempotent(rank, noise);
  }

  private record Constant(double value) implements Initializer {
    Constant {
      Require.argument(Double.isFinite(value), "value (%s) must be finite", value);
    }

    @Override
    public double[] values(ParameterSpec parameter, RandomGenerator random) {
      return draw(parameter.shape().size(), () -> value);
    }
  }

  private record FanScaledUniform(boolean glorot) implements Initializer {
    @Override
    public double[] values(ParameterSpec parameter, RandomGenerator random) {
      double halfWidth =
          glorot
              ? Math.sqrt(6 / ((double) parameter.fanIn() + parameter.fanOut()))
              : 1 / Math.sqrt(parameter.fanIn());
      return draw(parameter.shape().size(), () -> random.nextDouble(-halfWidth, halfWidth));
    }
  }

  /** N(0, gainSquared / fanIn). */
  private record FanScaledNormal(double gainSquared) implements Initializer {
    @Override
    public double[] values(ParameterSpec parameter, RandomGenerator random) {
      double standardDeviation = Math.sqrt(gainSquared / parameter.fanIn());
      return drawNormal(parameter.shape().size(), standardDeviation, random);
    }
  }

  private record Normal(double standardDeviation) implements Initializer {
    Normal {
      Require.positive("standardDeviation", standardDeviation);
    }

    @Override
    public double[] values(ParameterSpec parameter, RandomGenerator random) {
      return drawNormal(parameter.shape().size(), standardDeviation, random);
    }
  }

  private record Orthogonal(double gain) implements Initializer {
    Orthogonal {
      Require.positive("gain", gain);
    }

    @Override
    public double[] values(ParameterSpec parameter, RandomGenerator random) {
      Require.argument(
          parameter.shape().rank() >= 2,
          "parameter '%s' of shape %s must have at least two axes to be orthogonal",
          parameter.name(),
          parameter.shape());
      int columns = parameter.shape().last();
      int rows = parameter.shape().size() / columns;
      double[][] basis = drawOrthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
      double[] values = new double[rows * columns];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double value = rows <= columns ? basis[row][column] : basis[column][row];
          values[row * columns + column] = gain * value;
        }
      }
      return values;
    }
  }

  private record IdentityPlusNoise(double standardDeviation) implements Initializer {
    IdentityPlusNoise {
      Require.notNegative("standardDeviation", standardDeviation);
    }

    @Override
    public double[] values(ParameterSpec parameter, RandomGenerator random) {
      int n = order(parameter, "identityPlusNoise");
      double[] values = drawNormal(n * n, standardDeviation, random);
      for (int i = 0; i < n; i++) {
        values[i * n + i] += 1;
      }
      return values;
    }
  }

  private record NearIdempotent(int rank, double noise) implements Initializer {
    NearIdempotent {
      Require.positive("rank", rank);
      Require.notNegative("noise", noise);
    }

    @Override
    public double[] values(ParameterSpec parameter, RandomGenerator random) {
      int n = order(parameter, "nearIdempotent");
      Require.argument(
          rank <= n,
          "rank (%s) must be at most %s, the order of parameter '%s'",
          rank,
          n,
          parameter.name());
      double[][] basis = drawOrthonormal(rank, n, random);
      double[] values = drawNormal(n * n, noise / Math.sqrt(n), random);
      for (double[] direction : basis) {
        for (int row = 0; row < n; row++) {
          for (int column = 0; column < n; column++) {
            values[row * n + column] += direction[row] * direction[column];
          }
        }
      }
      return values;
    }
  }

  /** The number of rows of the square matrix that {@code parameter} must be. */
  private static int order(ParameterSpec parameter, String initializer) {
    Shape shape = parameter.shape();
    Require.argument(
        shape.rank() == 2 && shape.dimension(0) == shape.dimension(1),
        "parameter '%s' of shape %s must be a square matrix for %s",
        parameter.name(),
        shape,
        initializer);
    return shape.last();
  }

  private static double[] draw(int count, DoubleSupplier value) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = value.getAsDouble();
    }
    return values;
  }

  private static double[] drawNormal(int count, double standardDeviation, RandomGenerator random) {
    return draw(count, () -> standardDeviation * random.nextGaussian());
  }

  /**
   * {@code count} orthonormal vectors of length {@code width}, at least {@code count}: Gram-Schmidt
   * on rows of independent normal numbers. The triangular factor's diagonal comes out positive,
   * which makes the result uniform in the Haar measure (Mezzadri, 2007).
   */
  private static double[][] drawOrthonormal(int count, int width, RandomGenerator random) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double[] row = drawNormal(width, 1, random);
      // Once leaves what rounding left of the others; twice is enough (Giraud et al., 2005).
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < i; k++) {
          double component = dot(row, rows[k]);
          for (int j = 0; j < width; j++) {
            row[j] += -component * rows[k][j];
          }
        }
      }
      double scale = 1 / Math.sqrt(dot(row, row));
      rows[i] = Arrays.stream(row).map(value -> value * scale).toArray();
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
