package dev.idem.tf.engine;

import dev.idem.api.training.Optimizer;
import dev.idem.tf.engine.NetworkGraph.FedVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The update ops of an optimiser: TensorFlow's own fused kernels, with the learning rate and Adam's
 * powers fed at each step, so that a schedule needs no state in the graph.
 */
final class Updates {

  private final Ops tf;
  private final Optimizer optimizer;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;
  private final Map<String, List<FedVariable>> slots = new LinkedHashMap<>();

  Updates(Ops tf, Optimizer optimizer) {
    this.tf = tf;
    this.optimizer = optimizer;
    this.learningRate = scalar(tf, "learning_rate");
    this.beta1Power = scalar(tf, "beta1_power");
    this.beta2Power = scalar(tf, "beta2_power");
  }

  /** A number to feed at each step. */
  static Placeholder<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.scalar()));
  }

  /**
   * The op that updates a parameter's {@code variable} by {@code gradient}; it runs once {@code
   * gradient} can be read.
   */
  Op update(String name, Variable<TFloat32> variable, Operand<TFloat32> gradient) {
    List<FedVariable> moments = new ArrayList<>();
    for (int i = 0; i < optimizer.moments(); i++) {
      moments.add(FedVariable.of(tf, name + ".moment." + i, variable.shape().asArray()));
    }
    slots.put(name, moments);
    if (optimizer instanceof Optimizer.Momentum momentum) {
      return tf.train.applyMomentum(
          variable, moments.get(0).variable(), learningRate, gradient, number(momentum.momentum()));
    }
    if (optimizer instanceof Optimizer.Adam adam) {
      return adam(tf, variable, moments, gradient, adam);
    }
    if (optimizer instanceof Optimizer.AdamW adamW) {
      return adamW(variable, moments, gradient, adamW);
    }
    return tf.train.applyGradientDescent(variable, learningRate, gradient);
  }

  private Op adamW(
      Variable<TFloat32> variable,
      List<FedVariable> moments,
      Operand<TFloat32> gradient,
      Optimizer.AdamW options) {
    Operand<TFloat32> rate = tf.math.mul(learningRate, number(options.weightDecay()));
    // Waiting for the gradient gates the decay too: a step without an update decays nothing.
    Ops gated = tf.withControlDependencies(List.of(gradient));
    Op decayed = gated.assignSub(variable, gated.math.mul(gated.identity(variable), rate));
    return adam(
        tf.withControlDependencies(List.of(decayed)),
        variable,
        moments,
        gradient,
        new Optimizer.Adam(options.beta1(), options.beta2(), options.epsilon()));
  }

  private Op adam(
      Ops ops,
      Variable<TFloat32> variable,
      List<FedVariable> moments,
      Operand<TFloat32> gradient,
      Optimizer.Adam options) {
    return ops.train.applyAdam(
        variable,
        moments.get(0).variable(),
        moments.get(1).variable(),
        beta1Power,
        beta2Power,
        learningRate,
        number(options.beta1()),
        number(options.beta2()),
        number(options.epsilon()),
        gradient);
  }

  private Operand<TFloat32> number(double value) {
    return tf.constant((float) value);
  }

  /** The variables of each parameter's moments, by its name. */
  Map<String, List<FedVariable>> slots() {
    return slots;
  }

  /** What {@link #moments(Function)} reads. */
  List<Operand<TFloat32>> values() {
    return slots.values().stream().flatMap(List::stream).map(FedVariable::value).toList();
  }

  /** The moments by parameter, read by {@code read}. */
  Map<String, List<double[]>> moments(Function<Operand<TFloat32>, double[]> read) {
    Map<String, List<double[]>> values = new LinkedHashMap<>();
    slots.forEach(
        (name, moments) ->
            values.put(name, moments.stream().map(FedVariable::value).map(read).toList()));
    return values;
  }

  /**
   * The values to feed at a step.
   *
   * @param update from 1: how many updates there will have been after this one
   */
  Map<Placeholder<TFloat32>, Double> feeds(double rate, long update) {
    Map<Placeholder<TFloat32>, Double> feeds = new LinkedHashMap<>();
    feeds.put(learningRate, rate);
    if (optimizer instanceof Optimizer.Adam adam) {
      feeds.put(beta1Power, Math.pow(adam.beta1(), (double) update));
      feeds.put(beta2Power, Math.pow(adam.beta2(), (double) update));
    } else if (optimizer instanceof Optimizer.AdamW adamW) {
      feeds.put(beta1Power, Math.pow(adamW.beta1(), (double) update));
      feeds.put(beta2Power, Math.pow(adamW.beta2(), (double) update));
    }
    return feeds;
  }
}
