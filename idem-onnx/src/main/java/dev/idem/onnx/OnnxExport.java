package dev.idem.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass.Bound;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a network as an ONNX file, which ONNX Runtime and many other programs read with nothing of
 * this project: x [batch, ...shape] to y = f(x), in single precision, any batch size. The
 * initializers have the names, shapes and values of the parameters; running statistics are named
 * {@code PLACE.input.mean} and {@code PLACE.input.variance}.
 *
 * <p>A network that normalises by batch statistics is another function for each kind of input, see
 * {@link BatchNormalization}. The kind of x is fixed here; of f^k all applications but the first
 * are to outputs, {@link BatchNormalization#OUTPUTS}, by statistics named {@code PLACE.output.mean}
 * and {@code PLACE.output.variance}.
 *
 * <p>The same network and state give the same bytes. A file holds less than 2 GB.
 */
public final class OnnxExport {

  /** The name of the samples. */
  public static final String X = OnnxGraph.X;

  /** The name of the outcome. */
  public static final String Y = OnnxGraph.Y;

  private static final String MEAN = ".mean";
  private static final String VARIANCE = ".variance";

  private OnnxExport() {}

  /**
   * Writes a network for the first kind of input that its training saw, as {@link
   * dev.idem.api.training.NetworkView#apply(float[][])} takes it.
   *
   * @param file replaced if it exists; its folder is made if it does not
   * @throws IllegalArgumentException if {@code state} is none of {@code network}, a layer cannot be
   *     written for a batch of unknown size, or the file would hold 2 GB or more
   * @throws IOException if the file is a folder or cannot be written
   */
  public static void write(Network network, NetworkState state, Path file) throws IOException {
    String kind = state.kinds().stream().findFirst().orElse(BatchNormalization.OUTPUTS);
    write(network, state, kind, file);
  }

  /**
   * Writes a network for inputs of a kind.
   *
   * @param kind of x: the name of an input of the objective, or {@link BatchNormalization#OUTPUTS}
   * @param file replaced if it exists; its folder is made if it does not
   * @throws IllegalArgumentException if {@code state} is none of {@code network}, there are no
   *     statistics of that kind, a layer cannot be written for a batch of unknown size, or the file
   *     would hold 2 GB or more
   * @throws IOException if the file is a folder or cannot be written
   */
  public static void write(Network network, NetworkState state, String kind, Path file)
      throws IOException {
    write(network, state, kind, 1, file);
  }

  /**
   * Writes f^k, as k copies of the layers on one set of parameters.
   *
   * @param kind of x: the name of an input of the objective, or {@link BatchNormalization#OUTPUTS}
   * @param iterations k, positive
   * @param file replaced if it exists; its folder is made if it does not
   * @throws IllegalArgumentException as {@link #write(Network, NetworkState, String, Path)}, and if
   *     f cannot be applied to its outputs but k is not 1
   * @throws IOException if the file is a folder or cannot be written
   */
  public static void write(
      Network network, NetworkState state, String kind, int iterations, Path file)
      throws IOException {
    Require.argument(
        state.kinds().isEmpty() || state.kinds().contains(kind),
        "no statistics of inputs '%s'; kinds: %s",
        kind,
        String.join(", ", state.kinds()));
    Require.positive("iterations", iterations);
    Require.argument(
        iterations == 1 || network.outputShape().equals(network.shape()),
        "network (%s) maps samples of shape %s to %s and cannot be applied %s times",
        network.description(),
        network.shape(),
        network.outputShape(),
        iterations);
    OnnxGraph.requireRoom(network.parameterCount());
    state.requireFits(network);
    save(model(network, state, kind, iterations), file);
  }

  private static ModelProto model(
      Network network, NetworkState state, String kind, int iterations) {
    OnnxGraph graph = new OnnxGraph(network.description());
    OnnxAlgebra ops = new OnnxAlgebra(graph);
    Map<String, OnnxValue> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      String name = parameter.name();
      parameters.put(name, graph.stored(name, parameter.shape(), state.parameter(name)));
    }
    Map<String, OnnxValue> ofInput = statistics(network, state, kind, "input", graph);
    OnnxValue x = graph.input(network.shape());
    OnnxValue y = bound(network, ops, parameters, ofInput).apply(x);
    if (iterations > 1) {
      Map<String, OnnxValue> ofOutputs =
          statistics(network, state, BatchNormalization.OUTPUTS, "output", graph);
      for (int i = 1; i < iterations; i++) {
        y = bound(network, ops, parameters, ofOutputs).apply(y);
      }
    }
    graph.output(ops.rows(y));
    return graph.model();
  }

  /** Mean and variance of each place, by name. */
  private static Map<String, OnnxValue> statistics(
      Network network, NetworkState state, String kind, String role, OnnxGraph graph) {
    Map<String, OnnxValue> statistics = new LinkedHashMap<>();
    for (StatisticsSpec place : network.statistics()) {
      ChannelStatistics of = state.statistics(kind, place.name());
      String name = place.name() + "." + role;
      Shape channels = Shape.of(place.channels());
      statistics.put(place.name() + MEAN, graph.stored(name + MEAN, channels, of.means()));
      statistics.put(
          place.name() + VARIANCE, graph.stored(name + VARIANCE, channels, of.variances()));
    }
    return statistics;
  }

  private static Bound<OnnxValue> bound(
      Network network,
      OnnxAlgebra ops,
      Map<String, OnnxValue> parameters,
      Map<String, OnnxValue> statistics) {
    return new Bound<>(
        network,
        ops,
        parameters,
        (place, a) ->
            BatchNormalization.by(
                known(statistics, place + MEAN), known(statistics, place + VARIANCE), a, ops));
  }

  private static OnnxValue known(Map<String, OnnxValue> statistics, String name) {
    return Require.known(statistics.get(name), "statistics", name, statistics.keySet());
  }

  private static void save(ModelProto model, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(
          "%s is a folder; name a file in it, such as %s"
              .formatted(file, file.resolve("network.onnx")));
    }
    Path target = file.toAbsolutePath().normalize();
    Path folder = target.resolveSibling("");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException(
          "folder (%s) of ONNX file (%s) could not be created; name another file"
              .formatted(folder, file),
          e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "folder (%s) of ONNX file (%s) cannot be written to; name another file"
              .formatted(folder, file));
    }
    Path beside = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(beside)) {
        model.writeTo(out);
      }
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException(
          "ONNX file (%s) could not be written: %s".formatted(file, e.getMessage()), e);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
