package dev.idem.tf.savedmodel;

import dev.idem.api.network.Network;
import dev.idem.tf.algebra.TensorFlowAlgebra;
import dev.idem.tf.device.GraphOps;
import dev.idem.tf.savedmodel.NetworkValues.Inference;
import dev.idem.tf.savedmodel.NetworkValues.Moments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * f^k(x) as a While operation, k being known only when it runs.
 *
 * <p>A body sees what the loop carries and nothing else, so the loop carries
 *
 * <pre>i, k, y, parameters, statistics of this application, statistics of further ones.</pre>
 *
 * Each turn hands the further statistics on as those of the next application: the first application
 * may thus be of another kind of input, and f is in the loop only once.
 */
final class IterationLoop {

  private static final int COUNTERS = 2;

  private final Network network;

  IterationLoop(Network network) {
    this.network = network;
  }

  /**
   * f^k(x), x itself for k = 0.
   *
   * @param first what the first application computes with
   * @param further statistics of the outputs, what the other applications normalise by
   */
  Operand<TFloat32> of(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TInt32> k,
      NetworkValues first,
      Map<String, Moments> further) {
    List<Operand<?>> carried = new ArrayList<>(List.of(tf.constant(0), k, x));
    carried.addAll(first.parameterList());
    carried.addAll(first.statisticsList());
    carried.addAll(first.with(further).statisticsList());
    try (ConcreteFunction condition =
            ConcreteFunction.create(inner -> condition(GraphOps.of(inner), carried));
        ConcreteFunction body =
            ConcreteFunction.create(inner -> body(GraphOps.of(inner), carried))) {
      return tf.whileOp(carried, condition, body).output().get(COUNTERS).expect(TFloat32.class);
    }
  }

  private static Signature condition(Ops tf, List<Operand<?>> carried) {
    Inside inside = Inside.of(tf, carried);
    return inside
        .signature("condition")
        .output("more", tf.math.less(inside.turn(), inside.turns()))
        .build();
  }

  private Signature body(Ops tf, List<Operand<?>> carried) {
    Inside inside = Inside.of(tf, carried);
    Iterator<Operand<TFloat32>> floats = inside.floats();
    Operand<TFloat32> y = floats.next();
    NetworkValues now =
        new NetworkValues(
            NetworkValues.parameters(network, floats), NetworkValues.statistics(network, floats));
    NetworkValues next = now.with(NetworkValues.statistics(network, floats));
    List<Operand<?>> results = new ArrayList<>();
    results.add(tf.math.add(inside.turn(), tf.constant(1)));
    results.add(inside.turns());
    results.add(network.apply(y, new Inference(new TensorFlowAlgebra(tf), now)));
    results.addAll(next.parameterList());
    results.addAll(next.statisticsList());
    results.addAll(next.statisticsList());
    Signature.Builder signature = inside.signature("body");
    for (int i = 0; i < results.size(); i++) {
      signature.output(name("out", i), tf.identity(results.get(i)));
    }
    return signature.build();
  }

  /** Names whose order as text is that of their numbers. */
  private static String name(String prefix, int index) {
    return String.format(Locale.ROOT, "%s%06d", prefix, index);
  }

  /** What the loop carries, as a function inside it is handed it. */
  private record Inside(List<Operand<?>> inputs) {

    static Inside of(Ops tf, List<Operand<?>> carried) {
      List<Operand<?>> inputs = new ArrayList<>();
      for (Operand<?> outside : carried) {
        inputs.add(
            tf.withName(name("in", inputs.size()))
                .placeholder(outside.type(), Placeholder.shape(outside.shape())));
      }
      return new Inside(inputs);
    }

    Operand<TInt32> turn() {
      return inputs.get(0).asOutput().expect(TInt32.class);
    }

    Operand<TInt32> turns() {
      return inputs.get(1).asOutput().expect(TInt32.class);
    }

    Iterator<Operand<TFloat32>> floats() {
      return inputs.stream()
          .skip(COUNTERS)
          .<Operand<TFloat32>>map(input -> input.asOutput().expect(TFloat32.class))
          .iterator();
    }

    Signature.Builder signature(String key) {
      Signature.Builder signature = Signature.builder(key);
      for (int i = 0; i < inputs.size(); i++) {
        signature.input(name("in", i), inputs.get(i));
      }
      return signature;
    }
  }
}
