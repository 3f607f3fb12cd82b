package dev.idem.api.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.Arrays;

/**
 * Normalisation of each channel over the batch and all places, Ioffe and Szegedy, 2015: (a - mean)
 * / sqrt(variance + 1e-5), without the scale and the shift that a layer adds. What every engine's
 * {@link ForwardPass#normalizeBatch} computes.
 *
 * <p>In training mean and variance are the batch's own, and differentiated through. Running
 * statistics s follow them, s := 0.9 s + 0.1 batch, with the variance unbiased, as PyTorch does;
 * inference uses those.
 *
 * <p>Statistics are kept apart by kind of input, because one network applied to data, to noise and
 * to its own outputs sees three distributions: mixed, they fit none of them, and outputs in
 * inference are not those of training.
 *
 * @param <T> the engine's tensor
 * @param mean [channels] of the batch
 * @param variance [channels] of the batch, biased
 * @param normalized of the shape of what was normalised
 */
public record BatchNormalization<T>(T mean, T variance, T normalized) {

  /** Added to variances. */
  public static final double EPSILON = 1e-5;

  /** The share of the newest batch in the running statistics. */
  public static final double MOMENTUM = 0.1;

  /** The kind of whatever the network itself gave: f(x), f(z), f(f(z)). */
  public static final String OUTPUTS = "f()";

  /** {@code a} [batch, ..., channels] by its own statistics. */
  public static <T> BatchNormalization<T> ofBatch(T a, NetworkAlgebra<T> ops) {
    T mean = ops.channelMean(a);
    T centred = ops.addBias(a, ops.multiply(mean, -1));
    T variance = ops.channelMean(ops.square(centred));
    return new BatchNormalization<>(mean, variance, scaled(centred, variance, ops));
  }

  /** {@code a} [batch, ..., channels] by given statistics, [channels] each. */
  public static <T> T by(T mean, T variance, T a, NetworkAlgebra<T> ops) {
    return scaled(ops.addBias(a, ops.multiply(mean, -1)), variance, ops);
  }

  private static <T> T scaled(T centred, T variance, NetworkAlgebra<T> ops) {
    double[] ones = new double[ops.sampleShape(centred).last()];
    Arrays.fill(ones, 1);
    T deviation = ops.sqrt(ops.add(variance, EPSILON));
    T inverse = ops.divide(ops.constant(Shape.of(ones.length), ones), deviation);
    return ops.scaleChannels(centred, inverse);
  }

  /** What makes the variance of {@code count} numbers unbiased: count / (count - 1), or 1. */
  public static double unbiasing(long count) {
    return count > 1 ? (double) count / (count - 1) : 1;
  }

  /**
   * A place in a network that normalises by the statistics of a batch, and therefore keeps running
   * statistics for inference.
   *
   * @param name unique in the network, such as {@code conv.1.normalization}
   * @param channels that have a mean and a variance each, positive
   */
  public record StatisticsSpec(String name, int channels) {

    public StatisticsSpec {
      Require.argument(
          name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*"),
          "statistics name ('%s') must be letters, digits, '.', '_' and '-'",
          name);
      Require.positive("channels", channels);
    }
  }
}
