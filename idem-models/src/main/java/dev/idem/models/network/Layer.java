package dev.idem.models.network;

import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import java.util.List;

/** One step of a feed-forward network. */
interface Layer {

  /** The trainable tensors. */
  List<ParameterSpec> parameters();

  /** The places that normalise by batch statistics. */
  default List<StatisticsSpec> statistics() {
    return List.of();
  }

  /** The output of the layer for its input {@code x}. */
  <T> T apply(T x, ForwardPass<T> pass);

  /** The trainable tensors of {@code layers}, in order. */
  static List<ParameterSpec> parameters(List<Layer> layers) {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** The places of {@code layers} that normalise by batch statistics, in order. */
  static List<StatisticsSpec> statistics(List<Layer> layers) {
    return layers.stream().flatMap(layer -> layer.statistics().stream()).toList();
  }

  /** The output of the last of {@code layers}, each fed the output of the one before. */
  static <T> T apply(List<Layer> layers, T x, ForwardPass<T> pass) {
    T y = x;
    for (Layer layer : layers) {
      y = layer.apply(y, pass);
    }
    return y;
  }
}
