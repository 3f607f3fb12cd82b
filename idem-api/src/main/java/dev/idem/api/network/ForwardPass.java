package dev.idem.api.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The context that an engine gives a network when applying it.
 *
 * @param <T> the engine's tensor
 */
public interface ForwardPass<T> {

  /** The operations to compute with. */
  NetworkAlgebra<T> ops();

  /**
   * The current value of a parameter that the network declared.
   *
   * @throws IllegalArgumentException if the network declared none of that name
   */
  T parameter(String name);

  /**
   * {@code a} with every channel, the innermost axis, brought to mean 0 and variance 1: by the
   * statistics of this batch in training, by running ones of this kind of input in inference. See
   * {@link BatchNormalization}.
   *
   * @param name of a place that the network declared in {@link Network#statistics}
   * @throws IllegalArgumentException if the network declared none of that name
   */
  T normalizeBatch(String name, T a);

  /**
   * A network with values for its parameters on one engine: what engines apply networks by.
   *
   * @param ops the engine's operations
   * @param parameters the value of each, by name
   * @param normalization a place's, by its name
   * @param <T> the engine's tensor
   */
  record Bound<T>(
      Network network,
      NetworkAlgebra<T> ops,
      Map<String, T> parameters,
      BiFunction<String, T, T> normalization)
      implements ForwardPass<T> {

    /**
     * f(x).
     *
     * @throws IllegalArgumentException if x or f(x) is not of the shape that the network declares
     */
    public T apply(T x) {
      Require.argument(
          ops.sampleShape(x).equals(network.shape()),
          "network (%s) takes samples of shape %s, not %s",
          network.description(),
          network.shape(),
          ops.sampleShape(x));
      T y = network.apply(x, this);
      Require.argument(
          y != null,
          "network (%s) gave null; return a tensor of samples of shape %s",
          network.description(),
          network.outputShape());
      Shape shape = ops.sampleShape(y);
      Require.argument(
          shape.equals(network.outputShape()),
          "network (%s) maps samples of shape %s to %s; %s",
          network.description(),
          network.shape(),
          shape,
          network.outputShape().equals(network.shape())
              ? "an idempotent map keeps the shape"
              : "its outputShape() is " + network.outputShape());
      return y;
    }

    @Override
    public T parameter(String name) {
      return Require.known(parameters.get(name), "parameter", name, parameters.keySet());
    }

    @Override
    public T normalizeBatch(String name, T a) {
      List<String> declared = network.statistics().stream().map(StatisticsSpec::name).toList();
      Require.argument(
          declared.contains(name),
          "network (%s) normalises at '%s', but declares statistics %s",
          network.description(),
          name,
          declared);
      return normalization.apply(name, a);
    }
  }
}
