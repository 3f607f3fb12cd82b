package dev.idem.models.initializer;

import dev.idem.api.network.Initializer;

/**
 * The built-in initialisers. Each is a value: equal when made from equal numbers. Normal draws are
 * not truncated, and as repeatable across releases of Java as {@link
 * java.util.random.RandomGenerator#nextGaussian}, see {@link dev.idem.models.data}.
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
   * layers start from, kernels and biases alike. (Its ConvTranspose layers reckon fanIn otherwise,
   * see {@link dev.idem.models.network.ConvAutoencoder}.)
   */
  public static Initializer uniformFanIn() {
    return new FanScaledUniform(FanScaledUniform.Bound.FAN_IN);
  }

  /**
   * U(-b, b) with b = sqrt(6 / (fanIn + fanOut)), variance 2 / (fanIn + fanOut): Glorot and Bengio,
   * 2010.
   */
  public static Initializer glorotUniform() {
    return new FanScaledUniform(FanScaledUniform.Bound.GLOROT);
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
}
