package dev.idem.tf.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;

/**
 * What one training step does and costs: the arithmetic of its matrix products and convolutions,
 * counted in the step's graph, and the time of its operations and the memory of its tensors,
 * measured in one traced step. Tracing slows a step down: times are good for shares, not for speed.
 *
 * @param operations those that the step ran, the longest first
 * @param peakBytes the most memory that tensors allocated within the step held at one time, in
 *     bytes; variables and fed batches are not among them
 */
public record StepProfile(List<Operation> operations, long peakBytes) {

  /**
   * One operation of the step's graph.
   *
   * @param name in the graph
   * @param type TensorFlow's, such as {@code MatMul}
   * @param flops floating-point operations, a multiplication and an addition each counting as one,
   *     of a matrix product, a convolution or a gradient of one; products with padded zeros count.
   *     0 for everything else, whose arithmetic is linear in its tensors
   * @param bytes of the tensors that it reads and of those that it writes, four for each number
   * @param microseconds between its start and its end
   */
  public record Operation(String name, String type, long flops, long bytes, double microseconds) {}

  public StepProfile {
    operations = List.copyOf(operations);
  }

  /** The floating-point operations of all products and convolutions. */
  public long flops() {
    return operations.stream().mapToLong(Operation::flops).sum();
  }

  /** The bytes that all operations read and write, as if each read from memory. */
  public long bytes() {
    return operations.stream().mapToLong(Operation::bytes).sum();
  }

  /** The time in microseconds by type of operation, the longest first. */
  public Map<String, Double> microsecondsByType() {
    Map<String, Double> byType =
        operations.stream()
            .collect(
                Collectors.groupingBy(
                    Operation::type,
                    TreeMap::new,
                    Collectors.summingDouble(Operation::microseconds)));
    Map<String, Double> sorted = new LinkedHashMap<>();
    byType.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /**
   * The profile of a step.
   *
   * @param ends what the step runs for: its targets and what it fetches
   * @param traced what TensorFlow recorded of one such step
   */
  static StepProfile of(Collection<? extends Op> ends, RunMetadata traced) {
    Map<String, GraphOperation> graph = new LinkedHashMap<>();
    needed(ends).forEach(operation -> graph.put(operation.name(), operation));
    Map<String, Double> times = new HashMap<>();
    nodes(traced)
        .forEach(
            node ->
                times.merge(
                    node.getNodeName(),
                    (node.getOpEndRelNanos() - node.getOpStartRelNanos()) / 1e3,
                    Double::sum));
    List<Operation> operations =
        graph.values().stream()
            .map(
                operation ->
                    new Operation(
                        operation.name(),
                        operation.type(),
                        flops(operation),
                        bytes(operation),
                        times.getOrDefault(operation.name(), 0.0)))
            .filter(operation -> operation.flops() > 0 || operation.microseconds() > 0)
            .sorted(
                Comparator.comparingDouble(Operation::microseconds)
                    .reversed()
                    .thenComparing(Operation::name))
            .toList();
    return new StepProfile(operations, peakBytes(traced));
  }

  private static Stream<NodeExecStats> nodes(RunMetadata traced) {
    return traced.getStepStats().getDevStatsList().stream()
        .map(DeviceStepStats::getNodeStatsList)
        .flatMap(List::stream);
  }

  /** What must run for {@code ends}, each operation once. */
  private static Set<GraphOperation> needed(Collection<? extends Op> ends) {
    Set<GraphOperation> found = new LinkedHashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    ends.forEach(end -> open.add((GraphOperation) end.op()));
    while (!open.isEmpty()) {
      GraphOperation operation = open.pop();
      if (found.add(operation)) {
        operation.inputs().forEach(input -> open.add((GraphOperation) input.op()));
      }
    }
    return found;
  }

  private static long flops(GraphOperation operation) {
    return switch (operation.type()) {
      // [m, k] by [k, n], each perhaps transposed.
      case "MatMul" -> 2 * size(input(operation, 0)) * shape(operation.output(0))[1];
      case "Conv2D" -> convolution(operation.output(0), shape(input(operation, 1)));
      case "Conv2DBackpropInput" -> convolution(input(operation, 2), shape(input(operation, 1)));
      case "Conv2DBackpropFilter" -> convolution(input(operation, 2), shape(operation.output(0)));
      default -> 0;
    };
  }

  /** 2 places out, kernel^2 in, each multiplied and added: of a kernel [k, k, in, out]. */
  private static long convolution(Operand<?> output, long[] kernel) {
    return 2 * size(output) * kernel[0] * kernel[1] * kernel[2];
  }

  private static long bytes(GraphOperation operation) {
    Stream<Output<?>> inputs =
        operation.inputs().stream().<Output<?>>map(input -> input.asOutput());
    Stream<Output<?>> outputs =
        IntStream.range(0, operation.numOutputs()).mapToObj(operation::output);
    return Stream.concat(inputs, outputs)
        .filter(tensor -> !tensor.shape().hasUnknownDimension())
        .mapToLong(tensor -> size(tensor) * Float.BYTES)
        .sum();
  }

  private static Output<?> input(GraphOperation operation, int index) {
    return operation.input(index);
  }

  private static long[] shape(Operand<?> tensor) {
    return tensor.shape().asArray();
  }

  private static long size(Operand<?> tensor) {
    return Arrays.stream(shape(tensor)).reduce(1, Math::multiplyExact);
  }

  /** The largest sum of allocations so far; those of one microsecond count before its releases. */
  private static long peakBytes(RunMetadata traced) {
    TreeMap<Long, long[]> changes = new TreeMap<>();
    nodes(traced)
        .flatMap(node -> node.getMemoryList().stream())
        .flatMap(memory -> memory.getAllocationRecordsList().stream())
        .forEach(
            record -> {
              long[] change = changes.computeIfAbsent(record.getAllocMicros(), at -> new long[2]);
              change[record.getAllocBytes() > 0 ? 0 : 1] += record.getAllocBytes();
            });
    long held = 0;
    long peak = 0;
    for (long[] change : changes.values()) {
      held += change[0];
      peak = Math.max(peak, held);
      held += change[1];
    }
    return peak;
  }
}
