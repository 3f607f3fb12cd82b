package dev.idem.tf.engine;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingLoop.StepMeasurement;
import dev.idem.api.training.TrainingObjective.StrategyException;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.tape.GradientTape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.StopGradient;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * One training step as a graph, built once: forward, objective, gradients, measurement, update.
 *
 * <p>What a step measures is one vector, so that a step fetches one tensor: the squared norm of
 * each input's output, a number for each term, and the squared norm of each gradient, in this
 * order. If any is not finite, no variable is touched.
 */
final class TrainingGraph {

  /** A number measured in each step: what it says of which tensor. */
  private record Measured(Kind kind, String name) {
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
  private final TrainingTask task;
  private final Updates updates;
  private final Map<String, Placeholder<TFloat32>> inputs = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> targets = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> factors = new LinkedHashMap<>();
  private final Map<Measured, Operand<TFloat32>> measurements = new LinkedHashMap<>();
  private final Operand<TFloat32> measurementVector;
  private final List<Op> updateOps;

  TrainingGraph(Ops tf, NetworkGraph network, TrainingTask task) {
    this.tf = tf;
    this.network = network;
    this.task = task;
    updates = new Updates(tf, task.plan().optimizer());

    Map<String, Iterates<Operand<TFloat32>>> iterates = forward();
    List<OutputGradient<Operand<TFloat32>>> outputGradients = objective(iterates);
    Map<String, Operand<TFloat32>> gradients = gradients(outputGradients);
    measurementVector = tf.withName("measurements").stack(List.copyOf(measurements.values()));
    updateOps = update(gradients);
  }

  /** x, f(x), f(f(x)), ... of each input, with its target where a term reads one. */
  private Map<String, Iterates<Operand<TFloat32>>> forward() {
    Set<String> supervised = task.objective().supervisedInputs();
    Map<String, Iterates<Operand<TFloat32>>> iterates = new LinkedHashMap<>();
    for (String input : task.objective().inputs()) {
      Placeholder<TFloat32> x = batch("input." + input, task.network().shape());
      inputs.put(input, x);
      Placeholder<TFloat32> target = null;
      if (supervised.contains(input)) {
        target = batch("target." + input, task.network().outputShape());
        targets.put(input, target);
      }
      iterates.put(input, network.iterates(input, x, target));
    }
    iterates.forEach(
        (input, f) ->
            measurements.put(new Measured(Measured.Kind.OUTPUT, input), sumOfSquares(f.output())));
    return iterates;
  }

  private Placeholder<TFloat32> batch(String name, Shape sampleShape) {
    Shape shape = sampleShape.batched(task.plan().batchSize());
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Rows.shape(shape)));
  }

  /**
   * Each term's loss, with gradient 1, or its output with the gradient substituted there; times a
   * number fed at each step, if the term has a schedule. What is measured is without it.
   */
  private List<OutputGradient<Operand<TFloat32>>> objective(
      Map<String, Iterates<Operand<TFloat32>>> iterates) {
    List<OutputGradient<Operand<TFloat32>>> outputGradients = new ArrayList<>();
    for (Term term : task.objective().terms()) {
      Iterates<Operand<TFloat32>> f =
          Require.known(iterates.get(term.input()), "input", term.input(), iterates.keySet());
      Objective<Operand<TFloat32>> objective = term.objective(f, network.ops());
      Measured measured = new Measured(Measured.Kind.TERM, term.name());
      if (objective instanceof Loss<Operand<TFloat32>> loss) {
        requireScalar(term, loss);
        requireReach(term, loss.value());
        measurements.put(measured, loss.value());
        outputGradients.add(
            new OutputGradient<>(loss.value(), scheduled(term) ? factor(term) : tf.constant(1f)));
      } else if (objective instanceof OutputGradient<Operand<TFloat32>> substituted) {
        requireSameShape(term, substituted);
        requireReach(term, substituted.output());
        measurements.put(measured, tf.math.sqrt(sumOfSquares(substituted.gradient())));
        outputGradients.add(
            scheduled(term)
                ? new OutputGradient<>(
                    substituted.output(), tf.math.mul(substituted.gradient(), factor(term)))
                : substituted);
      }
    }
    return outputGradients;
  }

  private static boolean scheduled(Term term) {
    return !(term.schedule() instanceof Schedule.Constant);
  }

  private Placeholder<TFloat32> factor(Term term) {
    Placeholder<TFloat32> factor = Updates.scalar(tf, "factor");
    factors.put(term.name(), factor);
    return factor;
  }

  private static void requireScalar(Term term, Loss<Operand<TFloat32>> loss) {
    if (!loss.value().shape().isScalar()) {
      throw new StrategyException(
          term,
          "gave a loss of shape %s; a loss is a scalar: take ops.sum or ops.mean of it",
          loss.value().shape());
    }
  }

  private static void requireSameShape(Term term, OutputGradient<Operand<TFloat32>> substituted) {
    if (!substituted.gradient().shape().equals(substituted.output().shape())) {
      throw new StrategyException(
          term,
          "gave a gradient of shape %s at an output of shape %s",
          substituted.gradient().shape(),
          substituted.output().shape());
    }
  }

  private void requireReach(Term term, Operand<TFloat32> output) {
    if (!reaches(output, network.values().values())) {
      throw StrategyException.unreached(term);
    }
  }

  /** Whether backpropagation from {@code output}, which no stopped gradient passes, gets to any. */
  private static boolean reaches(Operand<?> output, Collection<? extends Operand<?>> parameters) {
    Set<Output<?>> wanted = new HashSet<>();
    parameters.forEach(parameter -> wanted.add(parameter.asOutput()));
    Set<GraphOperation> seen = new HashSet<>();
    Deque<Output<?>> open = new ArrayDeque<>();
    open.push(output.asOutput());
    while (!open.isEmpty()) {
      Output<?> tensor = open.pop();
      if (wanted.contains(tensor)) {
        return true;
      }
      GraphOperation operation = (GraphOperation) tensor.op();
      if (!operation.type().equals(StopGradient.OP_NAME) && seen.add(operation)) {
        operation.inputs().forEach(input -> open.push(input.asOutput()));
      }
    }
    return false;
  }

  /** The gradient at each parameter, of all terms together: one call of the tape. */
  private Map<String, Operand<TFloat32>> gradients(
      List<OutputGradient<Operand<TFloat32>>> outputGradients) {
    List<Output<TFloat32>> found;
    try {
      List<Operand<TFloat32>> parameters = List.copyOf(network.values().values());
      found =
          new GradientTape(tf)
              .gradient(
                  outputGradients.stream().map(OutputGradient::output).toList(),
                  parameters,
                  outputGradients.stream().map(OutputGradient::gradient).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the terms %s cannot train the network: every parameter must be reached from a term (%s)"
              .formatted(
                  task.objective().terms().stream().map(Term::name).toList(), e.getMessage()),
          e);
    }
    List<String> names = List.copyOf(network.values().keySet());
    Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      gradients.put(names.get(i), found.get(i));
      measurements.put(
          new Measured(Measured.Kind.GRADIENT, names.get(i)), sumOfSquares(found.get(i)));
    }
    return gradients;
  }

  /**
   * The ops that update parameters and running statistics. They wait for everything that reads a
   * variable: the measurement vector depends on all gradients, and each gradient passes a gate that
   * depends on the vector.
   */
  private List<Op> update(Map<String, Operand<TFloat32>> gradients) {
    List<Op> ops = new ArrayList<>();
    Operand<TBool> finite = tf.reduceAll(tf.math.isFinite(measurementVector), tf.constant(0));
    Operand<TFloat32> scale = clipScale(gradients.size());
    gradients.forEach(
        (name, gradient) -> {
          Operand<TFloat32> gated = tf.identity(tf.switchCond(gradient, finite).outputTrue());
          Operand<TFloat32> clipped =
              task.plan().clipNorm().isPresent() ? tf.math.mul(gated, scale) : gated;
          ops.add(updates.update(name, network.variable(name), clipped));
        });
    network.statistics().declare(network.statistics().observedKinds());
    ops.addAll(network.statistics().updates(finite));
    return ops;
  }

  private Operand<TFloat32> clipScale(int gradientCount) {
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

  /** By input, for those whose target a term reads. */
  Map<String, Placeholder<TFloat32>> targets() {
    return targets;
  }

  /** By term, for those whose factor changes from step to step: the number by which to multiply. */
  Map<String, Placeholder<TFloat32>> factors() {
    return factors;
  }

  /** What a step measured, of the numbers of {@link #measurementVector()}. */
  StepMeasurement measurement(double[] numbers) {
    Map<String, Double> terms = new LinkedHashMap<>();
    double squaredNorm = 0;
    String nonFinite = null;
    int i = 0;
    for (Measured measured : measurements.keySet()) {
      double number = numbers[i++];
      switch (measured.kind()) {
        case TERM -> terms.put(measured.name(), number);
        case GRADIENT -> squaredNorm += number;
        case OUTPUT -> {}
      }
      if (nonFinite == null && !Double.isFinite(number)) {
        nonFinite = measured.toString();
      }
    }
    return new StepMeasurement(terms, Math.sqrt(squaredNorm), nonFinite);
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
