package dev.idem.tf.engine;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Images to images through a convolution, batch normalisation and a transposed convolution. */
record ConvolutionalNetwork() implements Network {

  /** A state whose kinds "data", "noise" and f() have statistics that differ much. */
  static NetworkState state(long seed) {
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    statistics.put("data", Map.of("norm", statistics(0.1, 0.5)));
    statistics.put("noise", Map.of("norm", statistics(-0.7, 2)));
    statistics.put(BatchNormalization.OUTPUTS, Map.of("norm", statistics(0.4, 0.2)));
    return new NetworkState(InitialParameters.of(new ConvolutionalNetwork(), seed), statistics);
  }

  private static ChannelStatistics statistics(double mean, double variance) {
    return new ChannelStatistics(List.of(mean, -mean, 0.0), List.of(variance, 1.0, variance));
  }

  @Override
  public Shape shape() {
    return Shape.of(4, 6, 1);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(parameter("down"), parameter("up"));
  }

  private static ParameterSpec parameter(String name) {
    return new ParameterSpec(
        name,
        Shape.of(4, 4, 1, 3),
        16,
        48,
        (spec, random) -> random.doubles(spec.shape().size(), -0.5, 0.5).toArray());
  }

  @Override
  public List<StatisticsSpec> statistics() {
    return List.of(new StatisticsSpec("norm", 3));
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T small = pass.normalizeBatch("norm", ops.conv2d(x, pass.parameter("down"), 2, 1));
    T code = ops.activate(small, Activation.LEAKY_RELU);
    return ops.tanh(ops.conv2dTranspose(code, pass.parameter("up"), 2, 1));
  }

  @Override
  public String description() {
    return "convolutional test network";
  }
}
