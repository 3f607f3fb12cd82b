package dev.idem.tf.savedmodel;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * An input or an output of a signature.
 *
 * @param role {@code input} or {@code output}, for messages
 * @param name in the signature
 * @param tensor in the graph, as in {@code StatefulPartitionedCall:0}
 * @param type of its elements
 * @param dimensions the batch's first, -1 where unknown; empty if the signature does not tell
 */
record Endpoint(
    String role, String name, String tensor, DataType type, Optional<List<Long>> dimensions) {

  static Map<String, Endpoint> all(String role, Map<String, TensorInfo> described) {
    Map<String, Endpoint> endpoints = new TreeMap<>();
    described.forEach(
        (name, info) ->
            endpoints.put(
                name, new Endpoint(role, name, info.getName(), info.getDtype(), dimensions(info))));
    return endpoints;
  }

  private static Optional<List<Long>> dimensions(TensorInfo info) {
    TensorShapeProto shape = info.getTensorShape();
    return !info.hasTensorShape() || shape.getUnknownRank()
        ? Optional.empty()
        : Optional.of(shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
  }

  boolean isSinglePrecision() {
    return type == DataType.DT_FLOAT;
  }

  void requireSinglePrecision() {
    Require.argument(
        isSinglePrecision(),
        "%s '%s' of the SavedModel is of type %s; idem reads and writes float32, so export it so",
        role,
        name,
        typeName(type));
  }

  private static String typeName(DataType type) {
    return type.name().replace("DT_", "").toLowerCase(Locale.ROOT);
  }

  /** Requires a first dimension that takes any number of samples. */
  void requireAnyBatch() {
    dimensions.ifPresent(
        known ->
            Require.argument(
                !known.isEmpty() && known.get(0) < 0,
                "%s '%s' of the SavedModel has shape %s; its first dimension must be a batch of any"
                    + " size, so export it with an unknown batch dimension",
                role,
                name,
                this));
  }

  /** The shape of one sample, if the signature tells all of it. */
  Optional<Shape> sample() {
    return dimensions
        .filter(known -> known.stream().skip(1).allMatch(dimension -> dimension > 0))
        .map(known -> new Shape(known.stream().skip(1).map(Math::toIntExact).toList()));
  }

  /** Whether {@link #sample} may be this, as far as the signature tells. */
  boolean takes(Shape shape) {
    if (dimensions.isEmpty()) {
      return true;
    }
    List<Long> known = dimensions.get();
    boolean fits = known.size() == shape.rank() + 1;
    for (int i = 0; fits && i < shape.rank(); i++) {
      fits = known.get(i + 1) < 0 || known.get(i + 1) == shape.dimension(i);
    }
    return fits;
  }

  /** Written [?, 28, 28, 1]. */
  @Override
  public String toString() {
    return dimensions
        .map(
            known ->
                known.stream()
                    .map(dimension -> dimension < 0 ? "?" : dimension.toString())
                    .collect(Collectors.joining(", ", "[", "]")))
        .orElse("unknown");
  }
}
