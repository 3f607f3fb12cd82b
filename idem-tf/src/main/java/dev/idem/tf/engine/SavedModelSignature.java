package dev.idem.tf.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.check.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The signature of a SavedModel that is the function, with its input and output.
 *
 * @param signature its name
 * @param input what samples are fed to
 * @param output what is read
 * @param others its other inputs
 */
record SavedModelSignature(
    String signature, Endpoint input, Endpoint output, List<Endpoint> others) {

  private static final String FILE = "saved_model.pb";

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
                  name,
                  new Endpoint(role, name, info.getName(), info.getDtype(), dimensions(info))));
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
                  "%s '%s' of the SavedModel has shape %s; its first dimension must be a batch of"
                      + " any size, so export it with an unknown batch dimension",
                  role,
                  name,
                  this));
    }

    /** The shape of one sample, if the signature declares all of it. */
    Optional<Shape> sample() {
      return dimensions
          .filter(known -> known.stream().skip(1).allMatch(dimension -> dimension > 0))
          .map(known -> new Shape(known.stream().skip(1).map(Math::toIntExact).toList()));
    }

    /** Whether {@link #sample} may be this, as far as the signature declares it. */
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

  /**
   * The signature of that name; without a name {@code serving_default}, or the only one that takes
   * one float32 tensor and nothing else. Likewise its input and output: by name, or the only one of
   * float32.
   *
   * @throws IOException if the folder is not a SavedModel, or has no graph for serving
   * @throws IllegalArgumentException if there is no such, or several are
   */
  static SavedModelSignature of(
      Path folder, Optional<String> signature, Optional<String> input, Optional<String> output)
      throws IOException {
    Map<String, SignatureDef> signatures = signatures(folder);
    String name = signature.orElseGet(() -> defaultOf(signatures));
    SignatureDef chosen = known(signatures, "signature", name);
    Endpoint from = endpoint("input", name, Endpoint.all("input", chosen.getInputsMap()), input);
    Endpoint to = endpoint("output", name, Endpoint.all("output", chosen.getOutputsMap()), output);
    List<Endpoint> others =
        Endpoint.all("input", chosen.getInputsMap()).values().stream()
            .filter(endpoint -> !endpoint.equals(from))
            .toList();
    return new SavedModelSignature(name, from, to, others);
  }

  private static String defaultOf(Map<String, SignatureDef> signatures) {
    if (signatures.containsKey(Signature.DEFAULT_KEY)) {
      return Signature.DEFAULT_KEY;
    }
    List<String> functions =
        signatures.entrySet().stream()
            .filter(entry -> isFunction(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (functions.size() != 1) {
      throw new IllegalArgumentException(
          "the SavedModel has %s signatures that take one float32 tensor; name one of: %s"
              .formatted(functions.size(), String.join(", ", signatures.keySet())));
    }
    return functions.get(0);
  }

  private static boolean isFunction(SignatureDef signature) {
    return signature.getInputsCount() == 1
        && signature.getOutputsCount() > 0
        && Endpoint.all("input", signature.getInputsMap()).values().stream()
            .allMatch(Endpoint::isSinglePrecision);
  }

  private static Endpoint endpoint(
      String role, String signature, Map<String, Endpoint> endpoints, Optional<String> name) {
    if (name.isPresent()) {
      return known(endpoints, role + " of signature '" + signature + "'", name.get());
    }
    Map<String, Endpoint> candidates = new TreeMap<>(endpoints);
    if (endpoints.size() > 1) {
      candidates.values().removeIf(endpoint -> !endpoint.isSinglePrecision());
    }
    if (candidates.size() != 1) {
      throw new IllegalArgumentException(
          "signature '%s' has %s %ss of float32; name one of: %s"
              .formatted(
                  signature, candidates.size(), role, String.join(", ", endpoints.keySet())));
    }
    return candidates.values().iterator().next();
  }

  private static <V> V known(Map<String, V> named, String kind, String name) {
    V found = named.get(name);
    if (found == null) {
      throw new IllegalArgumentException(Suggestions.unknown(kind + ":", name, named.keySet()));
    }
    return found;
  }

  /** The signatures for serving, in the order of their names, read without loading the model. */
  private static Map<String, SignatureDef> signatures(Path folder) throws IOException {
    SavedModel model = read(folder);
    for (MetaGraphDef graph : model.getMetaGraphsList()) {
      if (graph.getMetaInfoDef().getTagsList().contains(SavedModelBundle.DEFAULT_TAG)) {
        return new TreeMap<>(graph.getSignatureDefMap());
      }
    }
    List<List<String>> tags =
        model.getMetaGraphsList().stream()
            .map(graph -> List.copyOf(graph.getMetaInfoDef().getTagsList()))
            .toList();
    throw new IOException(
        "SavedModel (%s) has no graph tagged '%s', only %s; export it for serving"
            .formatted(folder, SavedModelBundle.DEFAULT_TAG, tags));
  }

  private static SavedModel read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "SavedModel (%s) %s; name the folder that holds %s"
              .formatted(folder, Files.exists(folder) ? "is a file" : "does not exist", FILE));
    }
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "folder (%s) is not a SavedModel: it has no %s; name the folder that holds one"
              .formatted(folder, FILE));
    }
    try (InputStream content = Files.newInputStream(file)) {
      SavedModel model = SavedModel.parseFrom(content);
      if (model.getMetaGraphsCount() == 0) {
        throw damaged(file, "it holds no graph", null);
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw damaged(file, e.getMessage(), e);
    }
  }

  private static IOException damaged(Path file, @Nullable String why, @Nullable Throwable cause) {
    return new IOException(
        "%s is damaged: %s; copy or export the SavedModel again".formatted(file, why), cause);
  }
}
