package dev.idem.api.training;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.NetworkState;

/** A network with its current parameters, as a function on arrays. */
public interface NetworkView {

  /** The shape of one sample. */
  Shape shape();

  /**
   * f(x).
   *
   * @param x [batch][shape.size()], row-major, at least one sample
   * @return [batch][n], n the size of the network's {@code outputShape}
   * @throws IllegalArgumentException if a sample has another width
   */
  float[][] apply(float[][] x);

  /**
   * f(x), for inputs of a kind. It matters to networks that normalise by batch statistics, see
   * {@link BatchNormalization}; others ignore it.
   *
   * @param kind the name of an input of the objective, or {@link BatchNormalization#OUTPUTS};
   *     {@link #apply(float[][])} takes its argument for the first input of the objective
   */
  default float[][] apply(float[][] x, String kind) {
    return apply(x);
  }

  /**
   * f(x) as a training step computes it: networks that normalise by batch statistics use those of
   * {@code x}.
   */
  default float[][] applyAsInTraining(float[][] x) {
    return apply(x);
  }

  /**
   * f applied {@code k} times: to {@code x} as the first input of the objective, then to outputs.
   *
   * @param k not negative; 0 gives {@code x} itself
   */
  default float[][] iterate(float[][] x, int k) {
    Require.notNegative("k", (long) k);
    return k == 0 ? x : again(apply(x), k - 1);
  }

  /**
   * f applied {@code k} times: to {@code x} as an input of {@code kind}, then to outputs.
   *
   * @param k not negative; 0 gives {@code x} itself
   */
  default float[][] iterate(float[][] x, String kind, int k) {
    Require.notNegative("k", (long) k);
    return k == 0 ? x : again(apply(x, kind), k - 1);
  }

  private float[][] again(float[][] outputs, int times) {
    float[][] y = outputs;
    for (int i = 0; i < times; i++) {
      y = apply(y, BatchNormalization.OUTPUTS);
    }
    return y;
  }

  /**
   * The current values of a parameter, row-major.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  double[] parameter(String name);

  /** A network that an engine holds open. Closing twice does nothing. */
  interface LiveNetwork extends NetworkView, AutoCloseable {

    /** The current parameters and running statistics. */
    NetworkState state();

    @Override
    void close();
  }
}
