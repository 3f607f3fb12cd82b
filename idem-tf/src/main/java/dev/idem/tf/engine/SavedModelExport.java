package dev.idem.tf.engine;

import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Writes a network as a TensorFlow SavedModel, which any TensorFlow loads with nothing of this
 * project: Java's, Python's, Serving. Single precision, any batch size, no device fixed. Two
 * signatures:
 *
 * <ul>
 *   <li>{@code apply}: x [batch, ...shape] to y = f(x), of the same shape;
 *   <li>{@code iterate}: x and a whole number k, a scalar of int32, to y = f^k(x); x itself if k is
 *       0 or less.
 * </ul>
 *
 * <p>A network that normalises by batch statistics is another function for each kind of input, see
 * {@link BatchNormalization}. The kind of x is fixed here; in {@code iterate} all applications but
 * the first are to outputs, {@link BatchNormalization#OUTPUTS}.
 */
public final class SavedModelExport {

  /** The signature of f. */
  public static final String APPLY = "apply";

  /** The signature of f^k. */
  public static final String ITERATE = "iterate";

  /** The name of the samples in both signatures. */
  public static final String X = "x";

  /** The name of the number of applications in {@link #ITERATE}. */
  public static final String K = "k";

  /** The name of the outcome in both signatures. */
  public static final String Y = "y";

  static final String METHOD = "tensorflow/serving/predict";

  private SavedModelExport() {}

  /**
   * Writes a network for the first kind of input that its training saw, as {@link
   * dev.idem.api.training.NetworkView#apply(float[][])} takes it.
   *
   * @param folder made by this; it may be there if it is empty
   * @throws IllegalArgumentException if {@code state} is none of {@code network}, or a layer cannot
   *     be written for a batch of unknown size
   * @throws IOException if the folder holds something, which is left as it is, or cannot be written
   */
  public static void write(Network network, NetworkState state, Path folder) throws IOException {
    write(network, state, state.kinds().stream().findFirst(), folder);
  }

  /**
   * Writes a network for inputs of a kind.
   *
   * @param kind of x: the name of an input of the objective, or {@link BatchNormalization#OUTPUTS}
   * @param folder made by this; it may be there if it is empty
   * @throws IllegalArgumentException if {@code state} is none of {@code network}, there are no
   *     statistics of that kind, or a layer cannot be written for a batch of unknown size
   * @throws IOException if the folder holds something, which is left as it is, or cannot be written
   */
  public static void write(Network network, NetworkState state, String kind, Path folder)
      throws IOException {
    Require.argument(
        state.kinds().isEmpty() || state.kinds().contains(kind),
        "no statistics of inputs '%s'; kinds: %s",
        kind,
        String.join(", ", state.kinds()));
    write(network, state, Optional.of(kind), folder);
  }

  private static void write(Network network, NetworkState state, Optional<String> kind, Path folder)
      throws IOException {
    state.requireFits(network);
    Require.argument(
        network.outputShape().equals(network.shape()),
        "network (%s) maps samples of shape %s to %s; an idempotent map keeps the shape",
        network.description(),
        network.shape(),
        network.outputShape());
    Path target = folder.toAbsolutePath().normalize();
    requireFree(folder);
    Path beside =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(beside);
      export(network, state, kind, beside);
      Files.deleteIfExists(target);
      Files.move(beside, target);
    } catch (IOException | TensorFlowException e) {
      throw new IOException(
          "SavedModel (%s) could not be written: %s".formatted(folder, e.getMessage()), e);
    } finally {
      delete(beside);
    }
  }

  private static void requireFree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("%s is a file; name another folder".formatted(folder));
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new IOException(
            "folder (%s) is not empty; name another folder, or empty it".formatted(folder));
      }
    }
  }

  private static void export(
      Network network, NetworkState state, Optional<String> kind, Path folder) throws IOException {
    try (ExportGraph exported = new ExportGraph(network, state, kind);
        Session session =
            new Session(
                exported.graph(),
                Sessions.configuration(new EngineOptions(new Device.Auto(), 1)))) {
      exported.assign(session);
      SavedModelBundle.Exporter exporter =
          SavedModelBundle.exporter(folder.toString()).withSession(session);
      exported.signatures().forEach(exporter::withSignature);
      exporter.export();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> content = Files.walk(folder)) {
      deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
