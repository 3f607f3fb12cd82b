package dev.idem.tf.tape;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.NativeScope;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Gradients in graph mode with the meaning of {@code tf.GradientTape} in TensorFlow's Python API:
 *
 * <pre>gradient at source = sum over targets of (d target / d source)^T outputGradient</pre>
 *
 * <p>A graph already records every operation, so there is nothing to start or stop, a tape may be
 * asked any number of times, and each answer is itself differentiable where TensorFlow has the
 * second gradient. Where {@code Graph.addGradients} is silent or fatal, this class is neither:
 *
 * <ul>
 *   <li>Targets on the path to one another: their contributions add up. {@code addGradients} drops
 *       what reaches one target from another, so each target starts at an identity of its own.
 *   <li>A target that does not depend on a source: an error that names both, or zeros.
 *   <li>An operation without a gradient: an error that names it.
 *   <li>A variable read by an operation whose gradient would end the process: refused; build on
 *       {@link #watch}.
 * </ul>
 *
 * <p>Not thread-safe, as the building of a graph is not.
 */
public final class GradientTape {

  /**
   * What a tape answers for a source that no target depends on: {@code tf.UnconnectedGradients} in
   * Python, except that NONE is an error here and not a null.
   */
  public enum UnconnectedGradients {
    /** An {@link IllegalArgumentException} that names the source and the targets. The default. */
    NONE,
    /** Zeros of the source's shape. */
    ZERO
  }

  private final Ops tf;
  private final Graph graph;
  private final UnconnectedGradients unconnected;
  private final Map<Output<?>, Output<?>> watched = new HashMap<>();

  /**
   * A tape over the graph that {@code tf} builds; unconnected sources are errors.
   *
   * @throws IllegalArgumentException if {@code tf} runs eagerly
   */
  public GradientTape(Ops tf) {
    this(tf, UnconnectedGradients.NONE);
  }

  /**
   * A tape over the graph that {@code tf} builds.
   *
   * @throws IllegalArgumentException if {@code tf} runs eagerly
   */
  public GradientTape(Ops tf, UnconnectedGradients unconnected) {
    Require.argument(
        tf.scope().env() instanceof Graph, "tf (%s) must build a graph", tf.scope().env());
    Require.argument(
        !(tf.scope() instanceof NativeScope),
        "tf must not be that of a gradient function: TensorFlow holds the graph's lock there");
    this.tf = GraphOps.of(tf);
    this.graph = (Graph) tf.scope().env();
    this.unconnected = unconnected;
  }

  /**
   * The value of {@code tensor} to build upon: {@code tape.watch} in Python. A variable here is a
   * reference, and the gradients of some operations cannot cope with reading one; so this reads it
   * through an identity, once, and answers with the same operand ever after. A gradient may be
   * asked at the answer or at {@code tensor} itself.
   *
   * @throws IllegalArgumentException if {@code tensor} is of another graph or not floating point
   */
  @SuppressWarnings("unchecked") // an identity has the type of what it reads
  public <T extends TType> Output<T> watch(Operand<T> tensor) {
    Output<T> key = checked("tensor", tensor);
    return (Output<T>)
        watched.computeIfAbsent(key, k -> tf.withName("watched").identity(tensor).asOutput());
  }

  /** {@code d target / d source}: {@link #gradient(List, List, List)} with one of each. */
  public <T extends TType> Output<T> gradient(Operand<?> target, Operand<T> source) {
    return gradient(target, List.of(source)).get(0);
  }

  /** {@code d target / d source} for each source: {@link #gradient(List, List, List)}. */
  public <T extends TType> List<Output<T>> gradient(
      Operand<?> target, List<? extends Operand<T>> sources) {
    return gradient(List.of(target), sources);
  }

  /** The gradient of the sum of all elements of all targets: output gradients of ones. */
  public <T extends TType> List<Output<T>> gradient(
      List<? extends Operand<?>> targets, List<? extends Operand<T>> sources) {
    List<Operand<?>> ones = new ArrayList<>();
    for (Operand<?> target : targets) {
      ones.add(ones(checked("target", target)));
    }
    return gradient(targets, sources, ones);
  }

  /**
   * The gradient at each source, summed over targets: {@code tape.gradient(targets, sources,
   * output_gradients)} in Python.
   *
   * @param targets what is differentiated, of any shapes, at least one
   * @param sources where the gradient is wanted: variables, watched values or any other tensor of
   *     the graph; one may lie on the path to another, be a target, or appear twice
   * @param outputGradients one for each target, of its shape and type: what backpropagation starts
   *     with there
   * @return one for each source, of its shape
   * @throws IllegalArgumentException if the arguments break the rules above, are of different
   *     graphs or not floating point; if a source is unconnected and the policy is {@link
   *     UnconnectedGradients#NONE}; if an operation on the path has no gradient, or reads a
   *     variable directly and is not known to survive it
   * @throws IllegalStateException if the gradient function of a custom gradient fails; its cause is
   *     what that threw
   */
  public <T extends TType> List<Output<T>> gradient(
      List<? extends Operand<?>> targets,
      List<? extends Operand<T>> sources,
      List<? extends Operand<?>> outputGradients) {
    Require.argument(!targets.isEmpty(), "targets (%s) must not be empty", targets);
    Require.argument(
        targets.size() == outputGradients.size(),
        "outputGradients (%s of them) must be as many as targets (%s)",
        outputGradients.size(),
        targets.size());
    List<Output<?>> starts = new ArrayList<>();
    List<Output<?>> checkedGradients = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      Output<?> target = checked("target", targets.get(i));
      checkedGradients.add(checkedGradient(target, outputGradients.get(i)));
      starts.add(tf.withName("target").identity(target).asOutput());
    }
    Set<Output<T>> distinct = new LinkedHashSet<>();
    for (Operand<T> source : sources) {
      distinct.add(checked("source", source));
    }
    Map<Output<T>, Output<T>> gradients = gradients(starts, distinct, checkedGradients);
    return sources.stream().map(source -> gradients.get(source.asOutput())).toList();
  }

  private <T extends TType> Map<Output<T>, Output<T>> gradients(
      List<Output<?>> starts, Set<Output<T>> sources, List<Output<?>> outputGradients) {
    GradientPath path = new GradientPath(starts, sources);
    List<Output<T>> connected = sources.stream().filter(path::connects).toList();
    Map<Output<T>, Output<T>> gradients = new HashMap<>();
    if (!connected.isEmpty()) {
      Output<?>[] found =
          new BackpropagationGuard(path)
              .explaining(
                  () ->
                      graph.addGradients(
                          null,
                          starts.toArray(new Output<?>[0]),
                          connected.toArray(new Output<?>[0]),
                          outputGradients.toArray(new Output<?>[0])));
      for (int i = 0; i < found.length; i++) {
        // TensorFlow's mark for a source whose every path ends in a stopped gradient.
        if (found[i].index() >= 0) {
          gradients.put(connected.get(i), found[i].expect(connected.get(i).type()));
        }
      }
    }
    for (Output<T> source : sources) {
      gradients.computeIfAbsent(source, missing -> unconnected(starts, missing));
    }
    return Collections.unmodifiableMap(gradients);
  }

  private <T extends TType> Output<T> unconnected(List<Output<?>> starts, Output<T> source) {
    Require.argument(
        unconnected == UnconnectedGradients.ZERO,
        "source (%s) must be something that a target (%s) depends on;"
            + " UnconnectedGradients.ZERO gives zeros instead",
        source,
        starts.stream().map(GradientTape::described).toList());
    return tf.withName("unconnected").zerosLike(source).asOutput();
  }

  /** Not OnesLike: that has no gradient, so that no answer could be differentiated again. */
  private <T extends TType> Output<T> ones(Output<T> target) {
    Operand<TInt32> shape =
        target.shape().hasUnknownDimension()
            ? tf.shape(target)
            : tf.constant(
                Arrays.stream(target.shape().asArray()).mapToInt(Math::toIntExact).toArray());
    return tf.withName("ones")
        .fill(shape, tf.dtypes.cast(tf.constant(1f), target.type()))
        .asOutput();
  }

  /** A target as the caller knows it: what its identity reads. */
  private static String described(Output<?> start) {
    return ((GraphOperation) start.op()).input(0).toString();
  }

  private Output<?> checkedGradient(Output<?> target, Operand<?> outputGradient) {
    Output<?> gradient = checked("outputGradient", outputGradient);
    Require.argument(
        gradient.shape().isCompatibleWith(target.shape()),
        "outputGradient (%s) must have the shape of its target (%s)",
        gradient,
        target);
    Require.argument(
        FloatingPoint.valueOf(gradient) == FloatingPoint.valueOf(target),
        "outputGradient (%s) must have the type of its target (%s)",
        gradient,
        target);
    return gradient;
  }

  private <T extends TType> Output<T> checked(String role, Operand<T> operand) {
    Output<T> output = operand.asOutput();
    Require.argument(
        output.op().env() == graph, "%s (%s) must be of the tape's graph", role, output.op());
    FloatingPoint.require(role, output);
    return output;
  }
}
