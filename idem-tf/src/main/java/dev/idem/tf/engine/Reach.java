package dev.idem.tf.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.core.StopGradient;

/** The operations that backpropagation can reach. */
final class Reach {

  private Reach() {}

  /** Whether anything on the way back from {@code target}, stopped gradients apart, is a source. */
  static boolean of(Operand<?> target, Collection<? extends Operand<?>> sources) {
    Set<Output<?>> wanted = new HashSet<>();
    sources.forEach(source -> wanted.add(source.asOutput()));
    Set<GraphOperation> seen = new HashSet<>();
    Deque<Output<?>> open = new ArrayDeque<>();
    open.push(target.asOutput());
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
}
