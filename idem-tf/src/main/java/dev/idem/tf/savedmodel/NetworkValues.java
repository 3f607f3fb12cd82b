package dev.idem.tf.savedmodel;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import dev.idem.tf.algebra.TensorFlowAlgebra;
import dev.idem.tf.savedmodel.NetworkValues.Moments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network's values as operands of one graph.
 *
 * @param parameters by name, in the network's order
 * @param statistics of one kind of input by name, in the network's order
 */
record NetworkValues(Map<String, Operand<TFloat32>> parameters, Map<String, Moments> statistics) {

  /**
   * The statistics that a place normalises by.
   *
   * @param mean [channels]
   * @param variance [channels]
   */
  record Moments(Operand<TFloat32> mean, Operand<TFloat32> variance) {}

  /** These parameters with other statistics. */
  NetworkValues with(Map<String, Moments> others) {
    return new NetworkValues(parameters, others);
  }

  /** The parameters, in order. */
  List<Operand<TFloat32>> parameterList() {
    return List.copyOf(parameters.values());
  }

  /** Mean and variance of each place, in order. */
  List<Operand<TFloat32>> statisticsList() {
    List<Operand<TFloat32>> list = new ArrayList<>();
    statistics
        .values()
        .forEach(moments -> list.addAll(List.of(moments.mean(), moments.variance())));
    return list;
  }

  /** What {@link #parameterList} was taken from, of other operands. */
  static Map<String, Operand<TFloat32>> parameters(
      Network network, Iterator<Operand<TFloat32>> list) {
    Map<String, Operand<TFloat32>> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      parameters.put(parameter.name(), list.next());
    }
    return parameters;
  }

  /** What {@link #statisticsList} was taken from, of other operands. */
  static Map<String, Moments> statistics(Network network, Iterator<Operand<TFloat32>> list) {
    Supplier<Moments> next =
        () -> {
          Operand<TFloat32> mean = list.next();
          return new Moments(mean, list.next());
        };
    Map<String, Moments> statistics = new LinkedHashMap<>();
    for (StatisticsSpec place : network.statistics()) {
      statistics.put(place.name(), next.get());
    }
    return statistics;
  }

  /** A forward pass with given values, including running statistics. */
  record Inference(TensorFlowAlgebra algebra, NetworkValues values)
      implements ForwardPass<Operand<TFloat32>> {

    @Override
    public NetworkAlgebra<Operand<TFloat32>> ops() {
      return algebra;
    }

    @Override
    public Operand<TFloat32> parameter(String name) {
      return Require.known(
          values.parameters().get(name), "parameter", name, values.parameters().keySet());
    }

    @Override
    public Operand<TFloat32> normalizeBatch(String name, Operand<TFloat32> a) {
      Moments moments =
          Require.known(
              values.statistics().get(name), "statistics", name, values.statistics().keySet());
      return BatchNormalization.by(moments.mean(), moments.variance(), a, algebra);
    }
  }
}
