package dev.idem.api.algebra;

/**
 * What a {@link dev.idem.api.network.Network} is written against: the strategy's algebra and the
 * operations of layers. One network definition then runs on every engine.
 *
 * @param <T> the engine's tensor
 */
public interface NetworkAlgebra<T> extends TensorAlgebra<T> {

  /**
   * A tensor that is no parameter: a fixed matrix, a mask.
   *
   * @param values row-major, {@code shape.size()} of them
   */
  T constant(Shape shape, double... values);

  /** The matrix product [batch, in] x [in, out] = [batch, out]. */
  T matMul(T a, T matrix);

  /** Adds {@code bias} [channels] along the innermost axis of {@code a}. */
  T addBias(T a, T bias);

  /** The mean over all axes but the innermost: [..., channels] to [channels]. */
  T channelMean(T a);

  /**
   * Every channel, the innermost axis of {@code a}, times its own of {@code factors} [channels].
   */
  T scaleChannels(T a, T factors);

  /**
   * Each sample's channels, in {@code groups} equal groups of neighbours, brought to mean 0 and
   * variance 1 over the group's channels and all places: (a - mean) / sqrt(variance + epsilon). Wu
   * and He, Group Normalization, 2018.
   *
   * @param a [batch, ..., channels]
   * @param groups divides the number of channels
   * @param epsilon positive
   */
  T normalizeGroups(T a, int groups, double epsilon);

  /** {@code activation}, element by element. */
  T activate(T a, Activation activation);

  /**
   * The nearest whole number to each element, of two equally near ones the even one, with the
   * derivative of the identity: the straight-through estimator of Bengio, Léonard and Courville,
   * 2013.
   */
  T round(T a);

  /** The same elements in row-major order, each sample in another shape of equal size. */
  T reshape(T a, Shape sampleShape);

  /**
   * The elements of each sample from {@code from} up to but not including {@code to}, counted in
   * row-major order: [batch, ...sample] to [batch, to - from].
   *
   * @param from 0 or more
   * @param to more than {@code from}, at most the size of a sample
   */
  T slice(T a, int from, int to);

  /**
   * The elements of each sample of {@code a} and after them those of {@code b}'s, both in row-major
   * order: of sizes n and m, [batch, n + m]. {@link #slice} from 0 to n gives {@code a} back, n to
   * n + m {@code b}, both flat.
   */
  T concat(T a, T b);

  /**
   * a - log sum exp a, the sum over the innermost axis: logarithms of positive numbers that add up
   * to 1 along it. Neither large nor small elements overflow.
   *
   * @param a [batch, ..., classes]
   */
  T logSoftmax(T a);

  /**
   * Two-dimensional cross-correlation, as deep learning calls convolution. The output's height is
   * (h + 2 padding - kernel height) / stride + 1, rounded down; its width likewise.
   *
   * @param a [batch, h, w, in]
   * @param kernel [kernel height, kernel width, in, out]
   * @param stride the step along both axes, at least 1
   * @param padding zeros added on every side, at least 0
   */
  T conv2d(T a, T kernel, int stride, int padding);

  /**
   * The transpose (adjoint) of {@link #conv2d}. The output's height is (h - 1) stride - 2 padding +
   * kernel height; its width likewise.
   *
   * @param a [batch, h, w, in]
   * @param kernel [kernel height, kernel width, out, in]: the kernel of the convolution it
   *     transposes
   * @param stride the step of that convolution, at least 1
   * @param padding the padding of that convolution, at least 0
   */
  T conv2dTranspose(T a, T kernel, int stride, int padding);
}
