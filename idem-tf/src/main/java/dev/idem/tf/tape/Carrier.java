package dev.idem.tf.tape;

import dev.idem.api.check.Require;
import dev.idem.tf.tape.CustomGradients.CustomFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * One application of a custom function: the IdentityN over its outputs and inputs, and the Java
 * function that is its gradient. What goes wrong in that function is kept until the thread is back
 * in Java, because nothing may be thrown through TensorFlow's own frames.
 */
final class Carrier<T extends TType> {

  private final GraphOperation operation;
  private final List<Output<T>> inputs;
  private final int outputs;
  private final CustomFunction.Gradient<T> gradient;
  private List<Output<T>> latest = List.of();
  private @Nullable RuntimeException failure;

  /**
   * @param operation reads the function's outputs, then its inputs
   * @param outputs how many of them are outputs
   */
  Carrier(
      GraphOperation operation,
      List<Output<T>> inputs,
      int outputs,
      CustomFunction.Gradient<T> gradient) {
    this.operation = operation;
    this.inputs = List.copyOf(inputs);
    this.outputs = outputs;
    this.gradient = gradient;
  }

  /** Forgets earlier calls. */
  void reset() {
    latest = List.of();
    failure = null;
  }

  /**
   * The gradients at what the operation reads: zeros at the function's outputs, whose own history
   * plays no part, then the function's answer. Empty if that failed: TensorFlow then stops with an
   * error, which {@link #check} explains.
   */
  @SuppressWarnings("unchecked") // the operation's outputs have the type of what it reads
  List<Operand<?>> backpropagate(Ops tf, List<Output<?>> upstream) {
    List<Operand<?>> answer = new ArrayList<>();
    List<Output<T>> outputGradients = new ArrayList<>();
    try {
      for (int i = 0; i < outputs; i++) {
        answer.add(tf.zerosLike(operation.input(i)));
        outputGradients.add((Output<T>) CarrierRegistry.orZeros(tf, operation, upstream, i));
      }
      latest = validated(gradient.gradients(tf, List.copyOf(outputGradients)));
      answer.addAll(latest);
      return answer;
    } catch (Throwable thrown) { // even an Error must not cross native frames
      failure =
          new IllegalStateException(
              "the gradient function of " + this + " failed: " + thrown.getMessage(), thrown);
      return List.of();
    }
  }

  /** Everything that can be checked while the graph is locked: not the shapes. */
  private List<Output<T>> validated(List<? extends Operand<T>> gradients) {
    Require.argument(
        gradients.size() == inputs.size(),
        "it returned %s gradients and must return one for each of its %s inputs",
        gradients.size(),
        inputs.size());
    List<Output<T>> validated = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Output<T> output = gradients.get(i).asOutput();
      Require.argument(
          output.op().env() == operation.env(), "gradient %s must be of the same graph", i);
      Require.argument(
          FloatingPoint.valueOf(output) == FloatingPoint.valueOf(inputs.get(i)),
          "gradient %s (%s) must have the type of its input (%s)",
          i,
          FloatingPoint.valueOf(output),
          FloatingPoint.valueOf(inputs.get(i)));
      validated.add(output);
    }
    return validated;
  }

  /** Throws what went wrong since {@link #reset}. */
  void check() {
    if (failure != null) {
      throw failure;
    }
    for (int i = 0; i < latest.size(); i++) {
      if (!latest.get(i).shape().isCompatibleWith(inputs.get(i).shape())) {
        throw new IllegalStateException(
            String.format(
                "the gradient function of %s failed: gradient %s has shape %s and must have that of"
                    + " its input, %s",
                this, i, latest.get(i).shape(), inputs.get(i).shape()));
      }
    }
  }

  GraphOperation operation() {
    return operation;
  }

  @Override
  public String toString() {
    return "custom gradient '" + operation.name() + "'";
  }
}
