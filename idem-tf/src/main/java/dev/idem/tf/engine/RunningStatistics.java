package dev.idem.tf.engine;

import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** Where statistics belong: a kind of input, and the name of a place of the network. */
  private record Key(String kind, String place) {}

  /** What a batch measured, variance unbiased. */
  private record Observed(Operand<TFloat32> mean, Operand<TFloat32> variance) {}

  private record Running(FedVariable mean, FedVariable variance) {}

  private final Ops tf;
  private final TensorFlowAlgebra ops;
  private final List<StatisticsSpec> specs;
  private final Map<Key, Observed> observed = new LinkedHashMap<>();
  private final Map<Key, Running> running = new LinkedHashMap<>();

  RunningStatistics(Ops tf, TensorFlowAlgebra ops, List<StatisticsSpec> specs) {
    this.tf = tf;
    this.ops = ops;
    this.specs = specs;
  }

  /** Normalises by the batch; the first application to a kind is what running statistics follow. */
  Operand<TFloat32> byBatch(String kind, String place, Operand<TFloat32> a) {
    BatchNormalization<Operand<TFloat32>> of = BatchNormalization.ofBatch(a, ops);
    long count = a.shape().size() / a.shape().get(-1);
    if (count > 0) {
      Operand<TFloat32> unbiased = ops.multiply(of.variance(), BatchNormalization.unbiasing(count));
      observed.putIfAbsent(new Key(kind, place), new Observed(of.mean(), unbiased));
    }
    return of.normalized();
  }

  /** Normalises by the running statistics of a kind, or of the first kind if this has none. */
  Operand<TFloat32> byRunning(String kind, String place, Operand<TFloat32> a) {
    String known = kinds().contains(kind) ? kind : kinds().get(0);
    Running of = running(new Key(known, place));
    return BatchNormalization.by(of.mean().value(), of.variance().value(), a, ops);
  }

  private Running running(Key key) {
    return Objects.requireNonNull(running.get(key), key::toString);
  }

  /** The kinds that training has shown so far, in order; empty for a network without statistics. */
  List<String> observedKinds() {
    return observed.keySet().stream().map(Key::kind).distinct().toList();
  }

  /** The kinds that have running statistics, in order. */
  List<String> kinds() {
    return running.keySet().stream().map(Key::kind).distinct().toList();
  }

  /** Adds the variables of these kinds. */
  void declare(List<String> kinds) {
    for (int i = 0; i < kinds.size(); i++) {
      for (StatisticsSpec spec : specs) {
        String prefix = spec.name() + ".kind." + i;
        running.put(
            new Key(kinds.get(i), spec.name()),
            new Running(
                FedVariable.of(tf, prefix + ".mean", spec.channels()),
                FedVariable.of(tf, prefix + ".variance", spec.channels())));
      }
    }
  }

  /** The ops that move the running statistics towards the batch's, if {@code gate} is true. */
  List<Op> updates(Operand<TBool> gate) {
    List<Op> updates = new ArrayList<>();
    observed.forEach(
        (key, batch) -> {
          updates.add(moved(running(key).mean(), batch.mean(), gate));
          updates.add(moved(running(key).variance(), batch.variance(), gate));
        });
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
        (key, of) -> {
          ChannelStatistics statistics =
              state.statistics().isEmpty()
                  ? ChannelStatistics.initial(of.mean().size())
                  : state.statistics(key.kind(), key.place());
          values.put(of.mean(), statistics.means());
          values.put(of.variance(), statistics.variances());
        });
    return values;
  }

  /** What {@link #values(Function)} reads. */
  List<Operand<TFloat32>> values() {
    List<Operand<TFloat32>> values = new ArrayList<>();
    running
        .values()
        .forEach(of -> values.addAll(List.of(of.mean().value(), of.variance().value())));
    return values;
  }

  /** The statistics by kind and place, read by {@code read}. */
  Map<String, Map<String, ChannelStatistics>> values(Function<Operand<TFloat32>, double[]> read) {
    Map<String, Map<String, ChannelStatistics>> values = new LinkedHashMap<>();
    running.forEach(
        (key, of) ->
            values
                .computeIfAbsent(key.kind(), kind -> new LinkedHashMap<>())
                .put(
                    key.place(),
                    ChannelStatistics.of(
                        read.apply(of.mean().value()), read.apply(of.variance().value()))));
    return values;
  }
}
