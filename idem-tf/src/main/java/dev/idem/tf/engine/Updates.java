package dev.idem.tf.engine;

import dev.idem.api.training.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Op> initializers = new ArrayList<>();

  Updates(Ops tf, Optimizer optimizer) {
    this.tf = tf;
    this.optimizer = optimizer;
    this.learningRate = scalar("learning_rate");
    this.beta1Power = scalar("beta1_power");
    this.beta2Power = scalar("beta2_power");
  }

  private Placeholder<TFloat32> scalar(String name) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.scalar()));
  }

  /**
   * The op that updates {@code variable} by {@code gradient}; it runs once {@code gradient} can be
   * read.
   */
  Op update(Variable<TFloat32> variable, Operand<TFloat32> gradient) {
    if (optimizer instanceof Optimizer.Momentum momentum) {
      return tf.train.applyMomentum(
          variable, slot(variable), learningRate, gradient, number(momentum.momentum()));
    }
    if (optimizer instanceof Optimizer.Adam adam) {
      return adam(tf, variable, gradient, adam.beta1(), adam.beta2(), adam.epsilon());
    }
    if (optimizer instanceof Optimizer.AdamW adamW) {
      return adamW(variable, gradient, adamW);
    }
    return tf.train.applyGradientDescent(variable, learningRate, gradient);
  }

  private Op adamW(
      Variable<TFloat32> variable, Operand<TFloat32> gradient, Optimizer.AdamW options) {
    Operand<TFloat32> rate = tf.math.mul(learningRate, number(options.weightDecay()));
    // Waiting for the gradient gates the decay too: a step without an update decays nothing.
    Ops gated = tf.withControlDependencies(List.of(gradient));
    Op decayed = gated.assignSub(variable, gated.math.mul(gated.identity(variable), rate));
    return adam(
        tf.withControlDependencies(List.of(decayed)),
        variable,
        gradient,
        options.beta1(),
        options.beta2(),
        options.epsilon());
  }

  private Op adam(
      Ops ops,
      Variable<TFloat32> variable,
      Operand<TFloat32> gradient,
      double beta1,
      double beta2,
      double epsilon) {
    return ops.train.applyAdam(
        variable,
        slot(variable),
        slot(variable),
        beta1Power,
        beta2Power,
        learningRate,
        number(beta1),
        number(beta2),
        number(epsilon),
        gradient);
  }

  private Variable<TFloat32> slot(Variable<TFloat32> variable) {
    Variable<TFloat32> slot = tf.variable(variable.shape(), TFloat32.class);
    initializers.add(tf.assign(slot, tf.fill(tf.constant(variable.shape()), number(0))));
    return slot;
  }

  private Operand<TFloat32> number(double value) {
    return tf.constant((float) value);
  }

  /** The ops that zero the slots. */
  List<Op> initializers() {
    return initializers;
  }

  /**
   * What to feed at a step.
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
