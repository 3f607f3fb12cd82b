package dev.idem.tf.engine;

import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ChannelStatistics;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.StatisticsSpec;
import dev.idem.tf.algebra.TensorFlowAlgebra;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The running statistics of a network in a graph, kept apart by kind of input: a mean and a
 * variance for each place and kind that training applied the network to.
 */
final class RunningStatistics {

  /** What a batch of a kind measured at a place, variance unbiased. */
  private record Observed(Operand<TFloat32> mean, Operand<TFloat32> variance) {}

  private record Running(FedVariable mean, FedVariable variance) {}

  private final Ops tf;
  private final TensorFlowAlgebra ops;
  private final List<StatisticsSpec> specs;
  private final Map<String, Map<String, Observed>> observed = new LinkedHashMap<>();
  private final Map<String, Map<String, Running>> running = new LinkedHashMap<>();

  RunningStatistics(Ops tf, TensorFlowAlgebra ops, List<StatisticsSpec> specs) {
    this.tf = tf;
    this.ops = ops;
    this.specs = specs;
  }

  /** Normalises by the batch; the first application to a kind is what running statistics follow. */
  Operand<TFloat32> byBatch(String kind, String name, Operand<TFloat32> a) {
    requireDeclared(name);
    BatchNormalization<Operand<TFloat32>> of = BatchNormalization.ofBatch(a, ops);
    long places = a.shape().size() / a.shape().get(-1);
    if (places > 0) {
      Operand<TFloat32> unbiased =
          ops.multiply(of.variance(), BatchNormalization.unbiasing(places));
      observed
          .computeIfAbsent(kind, first -> new LinkedHashMap<>())
          .putIfAbsent(name, new Observed(of.mean(), unbiased));
    }
    return of.normalized();
  }

  /** Normalises by the running statistics of a kind, or of the first kind if this has none. */
  Operand<TFloat32> byRunning(String kind, String name, Operand<TFloat32> a) {
    requireDeclared(name);
    Map<String, Running> byName = running.get(kind);
    if (byName == null) {
      byName = running.values().iterator().next();
    }
    Running statistics = Require.known(byName.get(name), "statistics", name, byName.keySet());
    return BatchNormalization.by(statistics.mean().value(), statistics.variance().value(), a, ops);
  }

  private void requireDeclared(String name) {
    List<String> declared = specs.stream().map(StatisticsSpec::name).toList();
    Require.argument(
        declared.contains(name),
        "the network normalises at '%s', but declares statistics %s",
        name,
        declared);
  }

  /** The kinds that training has shown so far, in order; empty for a network without statistics. */
  List<String> observedKinds() {
    return List.copyOf(observed.keySet());
  }

  /** The kinds that have running statistics, in order. */
  List<String> kinds() {
    return List.copyOf(running.keySet());
  }

  /** Adds the variables of these kinds. */
  void declare(List<String> kinds) {
    for (int i = 0; i < kinds.size(); i++) {
      Map<String, Running> byName = new LinkedHashMap<>();
      for (StatisticsSpec spec : specs) {
        String prefix = spec.name() + ".kind." + i;
        long[] channels = {spec.channels()};
        byName.put(
            spec.name(),
            new Running(
                FedVariable.of(tf, prefix + ".mean", channels),
                FedVariable.of(tf, prefix + ".variance", channels)));
      }
      if (!byName.isEmpty()) {
        running.put(kinds.get(i), byName);
      }
    }
  }

  /** The ops that move the running statistics towards the batch's, if {@code gate} is true. */
  List<Op> updates(Operand<TBool> gate) {
    List<Op> updates = new ArrayList<>();
    observed.forEach(
        (kind, byName) ->
            byName.forEach(
                (name, batch) -> {
                  Running of = Require.known(running.get(kind), "kind", kind, kinds()).get(name);
                  if (of != null) {
                    updates.add(moved(of.mean(), batch.mean(), gate));
                    updates.add(moved(of.variance(), batch.variance(), gate));
                  }
                }));
    return updates;
  }

  private Op moved(FedVariable of, Operand<TFloat32> batch, Operand<TBool> gate) {
    Operand<TFloat32> step =
        ops.multiply(tf.math.sub(batch, of.value()), BatchNormalization.MOMENTUM);
    Operand<TFloat32> gated = tf.switchCond(tf.math.add(of.value(), step), gate).outputTrue();
    return tf.assign(of.variable(), tf.identity(gated));
  }

  /** What to assign each variable so that the statistics are those of {@code state}. */
  Map<FedVariable, double[]> assignments(NetworkState state) {
    Map<FedVariable, double[]> values = new LinkedHashMap<>();
    running.forEach(
        (kind, byName) ->
            byName.forEach(
                (name, of) -> {
                  ChannelStatistics statistics =
                      state.statistics().isEmpty()
                          ? ChannelStatistics.initial(of.mean().size())
                          : state.statistics(kind, name);
                  values.put(of.mean(), array(statistics.mean()));
                  values.put(of.variance(), array(statistics.variance()));
                }));
    return values;
  }

  /** What {@link #values(Function)} reads. */
  List<Operand<TFloat32>> values() {
    List<Operand<TFloat32>> values = new ArrayList<>();
    running
        .values()
        .forEach(
            byName ->
                byName
                    .values()
                    .forEach(
                        of -> values.addAll(List.of(of.mean().value(), of.variance().value()))));
    return values;
  }

  /** The statistics by kind and name, read by {@code read}. */
  Map<String, Map<String, ChannelStatistics>> values(Function<Operand<TFloat32>, double[]> read) {
    Map<String, Map<String, ChannelStatistics>> values = new LinkedHashMap<>();
    running.forEach(
        (kind, byName) -> {
          Map<String, ChannelStatistics> of = new LinkedHashMap<>();
          byName.forEach(
              (name, statistics) ->
                  of.put(
                      name,
                      new ChannelStatistics(
                          list(read.apply(statistics.mean().value())),
                          list(read.apply(statistics.variance().value())))));
          values.put(kind, of);
        });
    return values;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
