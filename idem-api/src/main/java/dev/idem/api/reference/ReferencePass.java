package dev.idem.api.reference;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ChannelStatistics;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.StatisticsSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forward pass of the reference engine: parameters, and how batches are normalised. */
abstract class ReferencePass implements ForwardPass<ReferenceTensor> {

  private static final NetworkAlgebra<ReferenceTensor> OPS = new ReferenceAlgebra();

  private final Network network;
  private final Map<String, ReferenceTensor> parameters;

  private ReferencePass(Network network, Map<String, ReferenceTensor> parameters) {
    this.network = network;
    this.parameters = parameters;
  }

  @Override
  public NetworkAlgebra<ReferenceTensor> ops() {
    return OPS;
  }

  @Override
  public ReferenceTensor parameter(String name) {
    return Require.known(parameters.get(name), "parameter", name, parameters.keySet());
  }

  void requireDeclared(String name) {
    List<String> declared = network.statistics().stream().map(StatisticsSpec::name).toList();
    Require.argument(
        declared.contains(name),
        "network (%s) normalises at '%s', but declares statistics %s",
        network.description(),
        name,
        declared);
  }

  /** By the batch's own statistics; those of the first application are kept. */
  static final class Training extends ReferencePass {

    private final Map<String, ChannelStatistics> statistics;

    Training(Network network, Map<String, ReferenceTensor> parameters) {
      this(network, parameters, new LinkedHashMap<>());
    }

    private Training(
        Network network,
        Map<String, ReferenceTensor> parameters,
        Map<String, ChannelStatistics> statistics) {
      super(network, parameters);
      this.statistics = statistics;
    }

    /** This pass with other parameters; statistics are kept together. */
    Training with(Map<String, ReferenceTensor> parameters) {
      return new Training(super.network, parameters, statistics);
    }

    Map<String, ChannelStatistics> statistics() {
      return statistics;
    }

    @Override
    public ReferenceTensor normalizeBatch(String name, ReferenceTensor a) {
      requireDeclared(name);
      BatchNormalization<ReferenceTensor> of = BatchNormalization.ofBatch(a, OPS);
      long places = a.shape().size() / a.shape().last();
      double unbiasing = BatchNormalization.unbiasing(places);
      statistics.putIfAbsent(
          name,
          new ChannelStatistics(
              Arrays.stream(of.mean().data()).boxed().toList(),
              Arrays.stream(of.variance().data()).map(v -> v * unbiasing).boxed().toList()));
      return of.normalized();
    }
  }

  /** By running statistics. */
  static final class Inference extends ReferencePass {

    private final NetworkState state;
    private final String kind;

    Inference(
        Network network, Map<String, ReferenceTensor> parameters, NetworkState state, String kind) {
      super(network, parameters);
      this.state = state;
      this.kind = kind;
    }

    @Override
    public ReferenceTensor normalizeBatch(String name, ReferenceTensor a) {
      requireDeclared(name);
      int channels = a.shape().last();
      ChannelStatistics running =
          state.statistics().isEmpty()
              ? ChannelStatistics.initial(channels)
              : state.statistics(kind, name);
      return BatchNormalization.by(tensor(running.mean()), tensor(running.variance()), a, OPS);
    }

    private static ReferenceTensor tensor(List<Double> values) {
      return ReferenceTensor.of(
          Shape.of(values.size()), values.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
