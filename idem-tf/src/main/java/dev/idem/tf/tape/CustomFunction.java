package dev.idem.tf.tape;

import dev.idem.api.check.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * A function with a gradient of its own: what {@code tf.custom_gradient} decorates in TensorFlow's
 * Python API. See {@link CustomGradients#apply}.
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
