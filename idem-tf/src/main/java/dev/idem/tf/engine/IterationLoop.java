package dev.idem.tf.engine;

import dev.idem.tf.engine.ExportGraph.Values;
import dev.idem.tf.tape.GraphOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** Where the numbers of f begin in what is carried, after i and k: y. */
  private static final int Y = 2;

  /** How a function inside the loop sees what is carried. */
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

    Operand<TInt32> counter(int index) {
      return inputs.get(index).asOutput().expect(TInt32.class);
    }

    List<Operand<TFloat32>> floats() {
      return inputs.stream()
          .skip(Y)
          .<Operand<TFloat32>>map(input -> input.asOutput().expect(TFloat32.class))
          .toList();
    }

    Signature.Builder signature(String key) {
      Signature.Builder signature = Signature.builder(key);
      for (int i = 0; i < inputs.size(); i++) {
        signature.input(name("in", i), inputs.get(i));
      }
      return signature;
    }
  }

  private IterationLoop() {}

  /**
   * f^k(x), x itself for k = 0.
   *
   * @param first what the first application computes with
   * @param further statistics of the outputs, what the other applications normalise by
   */
  static Operand<TFloat32> of(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TInt32> k,
      Values first,
      List<Operand<TFloat32>> further) {
    List<Operand<?>> carried = new ArrayList<>(List.of(tf.constant(0), k, x));
    carried.addAll(first.parameters());
    carried.addAll(first.statistics());
    carried.addAll(further);
    try (ConcreteFunction condition =
            ConcreteFunction.create(inner -> condition(GraphOps.of(inner), carried));
        ConcreteFunction body =
            ConcreteFunction.create(inner -> body(GraphOps.of(inner), carried, first))) {
      return tf.whileOp(carried, condition, body).output().get(Y).expect(TFloat32.class);
    }
  }

  private static Signature condition(Ops tf, List<Operand<?>> carried) {
    Inside inside = Inside.of(tf, carried);
    return inside
        .signature("condition")
        .output("more", tf.math.less(inside.counter(0), inside.counter(1)))
        .build();
  }

  private static Signature body(Ops tf, List<Operand<?>> carried, Values outside) {
    Inside inside = Inside.of(tf, carried);
    List<Operand<TFloat32>> floats = inside.floats();
    int statistics = 1 + outside.parameters().size();
    int further = statistics + outside.statistics().size();
    Values now =
        new Values(
            outside.network(), floats.subList(1, statistics), floats.subList(statistics, further));
    List<Operand<TFloat32>> next = floats.subList(further, floats.size());
    List<Operand<?>> results = new ArrayList<>();
    results.add(tf.math.add(inside.counter(0), tf.constant(1)));
    results.add(inside.counter(1));
    results.add(now.apply(tf, floats.get(0)));
    results.addAll(now.parameters());
    results.addAll(next);
    results.addAll(next);
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
}
