package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Loss;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.OutputGradient;
import dev.idem.api.training.StrategyException;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.tape.GradientTape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * One training step as a graph, built once: forward, objective, gradients, measurement, update.
 *
 * <p>What a step measures is one vector, so that a step fetches one tensor: the squared norm of
 * each input's output, a number for each term, and the squared norm of each gradient, in the order
 * of {@link #measured()}. If any is not finite, no variable is touched.
 */
final class TrainingGraph {

  /** A number measured in each step: what it says of which tensor. */
  record Measured(Kind kind, String name) {
    enum Kind {
      OUTPUT,
      TERM,
      GRADIENT
    }

    @Override
    public String toString() {
      return switch (kind) {
        case TERM -> "term " + name;
        case OUTPUT -> "output f(" + name + ")";
        case GRADIENT -> "gradient of " + name;
      };
    }
  }

  private final Ops tf;
  private final NetworkGraph network;
  private final Map<String, Placeholder<TFloat32>> inputs = new LinkedHashMap<>();
  private final Map<Measured, Operand<TFloat32>> measurements = new LinkedHashMap<>();
  private final List<Operand<TFloat32>> targets = new ArrayList<>();
  private final List<Operand<TFloat32>> outputGradients = new ArrayList<>();
  private final Updates updates;
  private final Operand<TFloat32> measurementVector;
  private final List<Op> updateOps = new ArrayList<>();

  TrainingGraph(Ops tf, NetworkGraph network, TrainingTask task) {
    this.tf = tf;
    this.network = network;
    this.updates = new Updates(tf, task.plan().optimizer());
    Map<String, Iterates<Operand<TFloat32>>> iterates = new LinkedHashMap<>();
    for (String input : task.objective().inputs()) {
      Shape shape = task.network().shape().batched(task.plan().batchSize());
      Placeholder<TFloat32> placeholder =
          tf.withName("input." + input)
              .placeholder(TFloat32.class, Placeholder.shape(Rows.shape(shape)));
      inputs.put(input, placeholder);
      iterates.put(input, network.iterates(input, placeholder));
    }
    iterates.forEach(
        (input, f) ->
            measurements.put(new Measured(Measured.Kind.OUTPUT, input), sumOfSquares(f.output())));
    for (Term term : task.objective().terms()) {
      add(
          term,
          Require.known(iterates.get(term.input()), "input", term.input(), iterates.keySet()));
    }
    Map<String, Operand<TFloat32>> gradients = gradients();
    measurementVector = tf.withName("measurements").stack(List.copyOf(measurements.values()));
    update(gradients, task);
  }

  private void add(Term term, Iterates<Operand<TFloat32>> f) {
    Objective<Operand<TFloat32>> objective = term.objective(f, network.ops());
    Measured measured = new Measured(Measured.Kind.TERM, term.name());
    if (objective instanceof Loss<Operand<TFloat32>> loss) {
      if (!loss.value().shape().isScalar()) {
        throw new StrategyException(
            term,
            "gave a loss of shape %s; a loss is a scalar: take ops.sum or ops.mean of it",
            loss.value().shape());
      }
      requireReach(term, loss.value());
      measurements.put(measured, loss.value());
      targets.add(loss.value());
      outputGradients.add(tf.constant(1f));
    } else if (objective instanceof OutputGradient<Operand<TFloat32>> substituted) {
      if (!substituted.gradient().shape().equals(substituted.output().shape())) {
        throw new StrategyException(
            term,
            "gave a gradient of shape %s at an output of shape %s",
            substituted.gradient().shape(),
            substituted.output().shape());
      }
      requireReach(term, substituted.output());
      measurements.put(measured, tf.math.sqrt(sumOfSquares(substituted.gradient())));
      targets.add(substituted.output());
      outputGradients.add(substituted.gradient());
    }
  }

  private void requireReach(Term term, Operand<TFloat32> target) {
    if (!Reach.of(target, network.values().values())) {
      throw StrategyException.unreached(term);
    }
  }

  private Map<String, Operand<TFloat32>> gradients() {
    List<String> names = List.copyOf(network.values().keySet());
    List<Output<TFloat32>> found = differentiated();
    Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      gradients.put(names.get(i), found.get(i));
      measurements.put(
          new Measured(Measured.Kind.GRADIENT, names.get(i)), sumOfSquares(found.get(i)));
    }
    return gradients;
  }

  private List<Output<TFloat32>> differentiated() {
    List<Operand<TFloat32>> parameters = List.copyOf(network.values().values());
    try {
      return new GradientTape(tf).gradient(targets, parameters, outputGradients);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the terms %s cannot train the network: every parameter must be reached from a term (%s)"
              .formatted(
                  measurements.keySet().stream()
                      .filter(measured -> measured.kind() == Measured.Kind.TERM)
                      .map(Measured::name)
                      .toList(),
                  e.getMessage()),
          e);
    }
  }

  /**
   * Updates wait for everything that reads a variable: the measurement vector depends on all
   * gradients, and each gradient passes a gate that depends on the vector.
   */
  private void update(Map<String, Operand<TFloat32>> gradients, TrainingTask task) {
    Operand<TBool> finite = tf.reduceAll(tf.math.isFinite(measurementVector), tf.constant(0));
    Operand<TFloat32> scale = clipScale(gradients.size(), task);
    gradients.forEach(
        (name, gradient) -> {
          Operand<TFloat32> gated = tf.identity(tf.switchCond(gradient, finite).outputTrue());
          Operand<TFloat32> clipped =
              task.plan().clipNorm().isPresent() ? tf.math.mul(gated, scale) : gated;
          updateOps.add(updates.update(name, network.variable(name), clipped));
        });
    network.statistics().declare(network.statistics().observedKinds());
    updateOps.addAll(network.statistics().updates(finite));
  }

  private Operand<TFloat32> clipScale(int gradientCount, TrainingTask task) {
    int begin = measurements.size() - gradientCount;
    Operand<TFloat32> squares =
        tf.slice(
            measurementVector,
            tf.constant(new int[] {begin}),
            tf.constant(new int[] {gradientCount}));
    Operand<TFloat32> norm = tf.math.sqrt(tf.reduceSum(squares, tf.constant(0)));
    float limit = (float) task.plan().clipNorm().orElse(1);
    return tf.math.minimum(tf.math.div(tf.constant(limit), norm), tf.constant(1f));
  }

  private Operand<TFloat32> sumOfSquares(Operand<TFloat32> a) {
    return tf.math.mul(tf.nn.l2Loss(a), tf.constant(2f));
  }

  Map<String, Placeholder<TFloat32>> inputs() {
    return inputs;
  }

  /** What each number of {@link #measurementVector()} is. */
  List<Measured> measured() {
    return List.copyOf(measurements.keySet());
  }

  Operand<TFloat32> measurementVector() {
    return measurementVector;
  }

  Updates updates() {
    return updates;
  }

  List<Op> updateOps() {
    return updateOps;
  }
}
