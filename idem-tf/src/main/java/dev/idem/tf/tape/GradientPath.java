package dev.idem.tf.tape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;

/**
 * The operations that lie between sources and targets: those that a target depends on and that
 * depend on a source. Backpropagation calls the gradient function of these and of no others.
 */
final class GradientPath {

  /** An operation's reading of one tensor. */
  private record Read(GraphOperation reader, Output<?> tensor) {}

  private final Set<Output<?>> connected = new LinkedHashSet<>();
  private final Set<GraphOperation> operations = new LinkedHashSet<>();

  /** Walks from the targets back to whatever they depend on, then from the sources forward. */
  GradientPath(List<? extends Output<?>> targets, Set<? extends Output<?>> sources) {
    Map<GraphOperation, List<Read>> readsOf = new LinkedHashMap<>();
    Set<Output<?>> needed = new LinkedHashSet<>(targets);
    Set<GraphOperation> seen = new LinkedHashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    targets.forEach(target -> visit(target, seen, open));
    while (!open.isEmpty()) {
      GraphOperation reader = open.remove();
      for (Operand<?> input : reader.inputs()) {
        Output<?> tensor = input.asOutput();
        needed.add(tensor);
        GraphOperation origin = visit(tensor, seen, open);
        readsOf.computeIfAbsent(origin, key -> new ArrayList<>()).add(new Read(reader, tensor));
      }
    }
    sources.stream().filter(needed::contains).forEach(connected::add);
    forward(readsOf);
  }

  private static GraphOperation visit(
      Output<?> tensor, Set<GraphOperation> seen, Deque<GraphOperation> open) {
    GraphOperation operation = (GraphOperation) tensor.op();
    if (seen.add(operation)) {
      open.add(operation);
    }
    return operation;
  }

  private void forward(Map<GraphOperation, List<Read>> readsOf) {
    Deque<GraphOperation> open = new ArrayDeque<>();
    for (Output<?> source : connected) {
      follow(readsOf, (GraphOperation) source.op(), source, open);
    }
    while (!open.isEmpty()) {
      follow(readsOf, open.remove(), null, open);
    }
  }

  /** Takes every read of {@code tensor}, or of any output of {@code origin}. */
  private void follow(
      Map<GraphOperation, List<Read>> readsOf,
      GraphOperation origin,
      @Nullable Output<?> tensor,
      Deque<GraphOperation> open) {
    for (Read read : readsOf.getOrDefault(origin, List.of())) {
      if (tensor == null || tensor.equals(read.tensor())) {
        if (operations.add(read.reader())) {
          open.add(read.reader());
        }
      }
    }
  }

  /** Whether some target depends on {@code source} or is it. */
  boolean connects(Output<?> source) {
    return connected.contains(source);
  }

  /** Whether {@code tensor} depends on a source or is one, and a target on it. */
  boolean holds(Output<?> tensor) {
    return connected.contains(tensor) || operations.contains((GraphOperation) tensor.op());
  }

  /** Every operation on the path, in the order they were met from the sources on. */
  Set<GraphOperation> operations() {
    return operations;
  }
}
