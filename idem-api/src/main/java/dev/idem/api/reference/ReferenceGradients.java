package dev.idem.api.reference;

import dev.idem.api.check.Require;
import dev.idem.api.reference.ReferenceTensor.Edge;
import dev.idem.api.strategy.Objective.OutputGradient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Exact reverse-mode differentiation. */
public final class ReferenceGradients {

  private ReferenceGradients() {}

  /**
   * The vector-Jacobian product: for each source the sum, over the output gradients, of what
   * reaches it; zeros where nothing does.
   */
  public static List<double[]> of(
      List<OutputGradient<ReferenceTensor>> outputGradients, List<ReferenceTensor> sources) {
    Map<ReferenceTensor, double[]> gradients = new HashMap<>();
    for (OutputGradient<ReferenceTensor> start : outputGradients) {
      Require.argument(
          start.gradient().shape().equals(start.output().shape()),
          "gradient of shape %s at an output of shape %s",
          start.gradient().shape(),
          start.output().shape());
      accumulate(gradients, start.output(), start.gradient().data());
    }
    for (ReferenceTensor tensor : consumersFirst(outputGradients)) {
      double[] gradient = gradients.get(tensor);
      if (gradient != null) {
        for (Edge edge : tensor.edges()) {
          accumulate(gradients, edge.input(), edge.pullback().apply(gradient));
        }
      }
    }
    List<double[]> result = new ArrayList<>();
    for (ReferenceTensor source : sources) {
      double[] gradient = gradients.get(source);
      result.add(gradient == null ? new double[source.shape().size()] : gradient.clone());
    }
    return result;
  }

  /** Whether anything that backpropagation from {@code output} can come to is among the sources. */
  static boolean reaches(ReferenceTensor output, Collection<ReferenceTensor> sources) {
    Set<ReferenceTensor> wanted = Set.copyOf(sources);
    Set<ReferenceTensor> seen = new HashSet<>(List.of(output));
    Deque<ReferenceTensor> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      ReferenceTensor tensor = open.pop();
      if (wanted.contains(tensor)) {
        return true;
      }
      tensor.edges().stream().map(Edge::input).filter(seen::add).forEach(open::push);
    }
    return false;
  }

  private static void accumulate(
      Map<ReferenceTensor, double[]> gradients, ReferenceTensor tensor, double[] more) {
    double[] sum = gradients.get(tensor);
    if (sum == null) {
      gradients.put(tensor, more.clone());
    } else {
      Arrays.setAll(sum, i -> sum[i] + more[i]);
    }
  }

  /** All tensors that the outputs were computed from, each after everything computed from it. */
  private static Deque<ReferenceTensor> consumersFirst(
      List<OutputGradient<ReferenceTensor>> outputGradients) {
    Deque<ReferenceTensor> order = new ArrayDeque<>();
    Map<ReferenceTensor, Boolean> done = new HashMap<>();
    Deque<ReferenceTensor> open = new ArrayDeque<>();
    outputGradients.forEach(start -> open.push(start.output()));
    while (!open.isEmpty()) {
      ReferenceTensor tensor = open.peek();
      if (done.putIfAbsent(tensor, false) == null) {
        tensor.edges().stream()
            .map(Edge::input)
            .filter(input -> !done.containsKey(input))
            .forEach(open::push);
      } else {
        open.pop();
        if (Boolean.FALSE.equals(done.put(tensor, true))) {
          order.push(tensor);
        }
      }
    }
    return order;
  }
}
