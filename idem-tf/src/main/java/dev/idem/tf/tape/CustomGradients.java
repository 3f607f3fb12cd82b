package dev.idem.tf.tape;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * Functions with gradients of their own in one graph: {@code tf.custom_gradient} of TensorFlow's
 * Python API. Holds the gradient functions while gradients may be asked for; close it with its
 * graph.
 *
 * <pre>{@code
 * try (Graph graph = new Graph();
 *     CustomGradients custom = new CustomGradients(graph)) {
 *   Ops tf = Ops.create(graph);
 *   // y forward; -(y' - y) times whatever comes back at its output
 *   Output<TFloat32> substituted =
 *       custom
 *           .apply(tf, List.of(y), (ops, in) -> new CustomFunction.Value<>(
 *               in, (back, dy) -> List.of(back.math.mul(back.math.sub(y, improved), dy.get(0)))))
 *           .get(0);
 * }
 * }</pre>
 *
 * <p>Ask for gradients through a {@link GradientTape}: it says what went wrong in a gradient
 * function, where {@code Graph.addGradients} alone only says that something did. Several graphs may
 * be built at once, each by one thread. Does not work on Windows, where TensorFlow Java has no
 * custom gradients.
 */
public final class CustomGradients implements AutoCloseable {

  /**
   * A function with a gradient of its own: what {@code tf.custom_gradient} decorates in
   * TensorFlow's Python API. See {@link CustomGradients#apply}.
   *
   * @param <T> the type of its inputs and outputs
   */
  @FunctionalInterface
  public interface CustomFunction<T extends TType> {

    /**
     * The function's outputs and its gradient. Nothing built here is differentiated.
     *
     * @param tf builds the operations
     * @param inputs as given to {@link CustomGradients#apply}
     */
    Value<T> apply(Ops tf, List<Output<T>> inputs);

    /**
     * What a function computes and how a gradient passes it.
     *
     * @param outputs at least one
     * @param gradient from the gradients at the outputs to those at the inputs
     * @param <T> the type of the outputs
     */
    record Value<T extends TType>(List<? extends Operand<T>> outputs, Gradient<T> gradient) {
      public Value {
        outputs = List.copyOf(outputs);
        Require.argument(!outputs.isEmpty(), "outputs (%s) must not be empty", outputs);
      }
    }

    /**
     * Takes the gradients at a function's outputs to those at its inputs.
     *
     * <p>It runs while TensorFlow holds the lock of the graph. It may build operations with the
     * {@code tf} it is given, during the call alone, and read any tensor of the graph. It must
     * neither ask a tensor for its shape or its text, nor a graph for its operations, nor a {@link
     * GradientTape} for a gradient: each waits for that lock for ever. Take shapes in {@link
     * CustomFunction#apply}, where nothing is locked.
     *
     * @param <T> the type of the tensors
     */
    @FunctionalInterface
    interface Gradient<T extends TType> {

      /**
       * The gradients at the inputs.
       *
       * @param tf builds the operations
       * @param outputGradients one for each output, of its shape; zeros where nothing came back
       * @return one for each input, of its shape
       */
      List<? extends Operand<T>> gradients(Ops tf, List<Output<T>> outputGradients);
    }
  }

  private final Graph graph;
  private final List<String> carriers = new ArrayList<>();
  private boolean closed;

  /** Whether this process can have custom gradients, as the constructor requires. */
  public static boolean available() {
    return CarrierRegistry.available();
  }

  /**
   * Custom gradients in {@code graph}.
   *
   * @throws IllegalStateException if this process cannot have them: on Windows, or when another
   *     library has registered a gradient for IdentityN
   */
  public CustomGradients(Graph graph) {
    if (!available()) {
      throw new IllegalStateException(
          "custom gradients must be supported by the platform (Windows is not), and no other"
              + " library may have registered a gradient for IdentityN");
    }
    this.graph = graph;
  }

  /**
   * The outputs of {@code function}, whose gradient is the function's own. Nothing flows back
   * through the operations that computed them, so these need no gradient; tensors that the function
   * captures instead of taking as inputs get none either.
   *
   * @param tf builds this graph, or is what a gradient function was given: custom gradients nest
   * @param inputs floating point, at least one; a variable is read once
   * @param function called once, here; its gradient once for each backpropagation through it
   * @throws IllegalArgumentException if a tensor is of another graph or not floating point
   * @throws IllegalStateException if closed
   */
  public <T extends TType> List<Output<T>> apply(
      Ops tf, List<? extends Operand<T>> inputs, CustomFunction<T> function) {
    if (closed) {
      throw new IllegalStateException(
          "custom gradients must not be closed before they are applied");
    }
    Require.argument(!inputs.isEmpty(), "inputs (%s) must not be empty", inputs);
    Require.argument(tf.scope().env() == graph, "tf must build the graph of the custom gradients");
    Ops ops = GraphOps.of(tf);
    List<Output<T>> read = new ArrayList<>();
    for (Operand<T> input : inputs) {
      read.add(ops.identity(checked("input", input)).asOutput());
    }
    CustomFunction.Value<T> value = function.apply(ops, List.copyOf(read));
    List<Operand<?>> carried = new ArrayList<>();
    for (Operand<T> output : value.outputs()) {
      carried.add(ops.stopGradient(checked("output", output)));
    }
    int outputs = carried.size();
    carried.addAll(read);
    GraphOperation operation =
        (GraphOperation) ops.withName(CarrierRegistry.NAME).identityN(carried).op();
    CarrierRegistry.add(new Carrier<>(operation, read, outputs, value.gradient()));
    carriers.add(operation.name());
    List<Output<T>> results = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      results.add(operation.output(i));
    }
    return List.copyOf(results);
  }

  private <T extends TType> Output<T> checked(String role, Operand<T> operand) {
    Output<T> output = operand.asOutput();
    Require.argument(
        output.op().env() == graph, "%s '%s' must be of the graph", role, output.op().name());
    FloatingPoint.require(role, output);
    return output;
  }

  /** Lets go of the gradient functions: from here on a gradient through one of them is an error. */
  @Override
  public void close() {
    closed = true;
    carriers.forEach(carrier -> CarrierRegistry.remove(graph, carrier));
    carriers.clear();
  }
}
