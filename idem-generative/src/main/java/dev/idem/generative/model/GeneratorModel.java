package dev.idem.generative.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.generative.model.ModelCard.NetworkCard;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.SafeFiles;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensors;
import dev.idem.models.storage.SafeTensors.Tensor;
import dev.idem.models.storage.StateTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained generator as a value, run by {@link Generator}, and stored as a folder that describes
 * itself and loads on any machine:
 *
 * <ul>
 *   <li>{@code model.json}: the network, the noise, how it was trained, provenance, and length and
 *       SHA-256 of the other two; written last, so that a folder with it is whole;
 *   <li>{@code weights.safetensors}: parameters and running statistics, {@link StateTensors};
 *   <li>{@code noise.safetensors}: the noise's statistics, {@link SafeTensors} by name.
 * </ul>
 *
 * @param imageShape [h, w, c] of the images
 * @param network the architecture
 * @param state its parameters and running statistics
 * @param noise the source of z
 * @param training how it was trained, for readers, in order
 * @param provenance how it was made, for readers, in order
 */
public record GeneratorModel(
    Shape imageShape,
    Network network,
    NetworkState state,
    NoiseSource noise,
    Map<String, String> training,
    Map<String, String> provenance) {

  /** The file that makes a folder a model. */
  public static final String CARD = "model.json";

  /** The file of the weights. */
  public static final String WEIGHTS = "weights" + SafeTensors.ENDING;

  /** The file of the noise's statistics. */
  public static final String NOISE = "noise" + SafeTensors.ENDING;

  /** What a generator is applied to; statistics of anything else would never be used. */
  static final List<String> KINDS =
      List.of(GenerativeObjective.DATA, GenerativeObjective.NOISE, BatchNormalization.OUTPUTS);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public GeneratorModel {
    Require.argument(
        network.shape().sameRows(imageShape),
        "network (%s) takes samples of shape %s and is not for images of shape %s",
        network.description(),
        network.shape(),
        imageShape);
    Require.argument(
        noise.shape().sameRows(imageShape),
        "noise (%s) is of shape %s and is not for images of shape %s",
        noise.description(),
        noise.shape(),
        imageShape);
    state.requireFits(network);
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /**
   * Writes the model.
   *
   * @param folder created if it does not exist
   * @throws IOException if it holds a model already, which is left as it is, or cannot be written
   */
  public void save(Path folder) throws IOException {
    if (Files.exists(folder.resolve(CARD))) {
      throw new IOException(
          "model folder (%s) holds a model already; name another folder".formatted(folder));
    }
    Files.createDirectories(folder);
    byte[] weights = StateTensors.content(network, state);
    List<Tensor> statistics = new ArrayList<>();
    noise.statistics().forEach((name, values) -> statistics.add(Tensor.of(name, values)));
    byte[] arrays = SafeTensors.content(Map.of(), statistics);
    Map<String, FileCard> files = new LinkedHashMap<>();
    files.put(WEIGHTS, FileCard.of(weights));
    files.put(NOISE, FileCard.of(arrays));
    ModelCard card =
        new ModelCard(
            ModelCard.FORMAT,
            imageShape.dimensions(),
            NetworkCard.of(network),
            noise.kind().label(),
            training,
            provenance,
            files);
    SafeFiles.write(folder, WEIGHTS, weights);
    SafeFiles.write(folder, NOISE, arrays);
    SafeFiles.write(folder, CARD, JSON.writeValueAsBytes(card));
  }

  /**
   * Reads a model.
   *
   * @throws MalformedFileException if the folder does not exist, holds no model, or a file of it is
   *     missing, truncated or not the one that was saved
   * @throws IOException if a file cannot be read
   */
  public static GeneratorModel load(Path folder) throws IOException {
    ModelCard card = card(folder);
    SafeTensors weights = checked(folder, WEIGHTS, card);
    SafeTensors noise = checked(folder, NOISE, card);
    try {
      Shape shape = new Shape(card.imageShape());
      Network network = card.network().network();
      return new GeneratorModel(
          shape,
          network,
          state(network, weights),
          noise(shape, card, noise),
          card.training(),
          card.provenance());
    } catch (RuntimeException e) {
      // A card from elsewhere may hold anything: nothing for a list, counts that overflow.
      throw malformed(folder, CARD + " is invalid: " + e.getMessage(), e);
    }
  }

  private static ModelCard card(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw malformed(
          folder,
          Files.exists(folder)
              ? "is a file; name the folder that holds " + CARD
              : "does not exist; train one with 'idem train --out " + folder + "'");
    }
    Path file = folder.resolve(CARD);
    if (!Files.isRegularFile(file)) {
      throw malformed(
          folder, CARD + " is missing; this is not a model, or its training was interrupted");
    }
    try {
      JsonNode content = JSON.readTree(Files.readAllBytes(file));
      JsonNode format = content.path("format");
      if (format.isInt() && format.intValue() != ModelCard.FORMAT) {
        throw malformed(
            folder,
            "has format %s; this version reads format %s: train the model again with it"
                .formatted(format, ModelCard.FORMAT));
      }
      @Nullable ModelCard card = JSON.treeToValue(content, ModelCard.class);
      if (card == null) {
        throw malformed(folder, CARD + " is damaged: it holds null");
      }
      return card;
    } catch (JacksonException e) {
      throw malformed(folder, CARD + " is damaged: " + SafeFiles.reason(e), e);
    }
  }

  private static SafeTensors checked(Path folder, String name, ModelCard card) throws IOException {
    FileCard expected = card.files().get(name);
    Path file = folder.resolve(name);
    if (expected == null) {
      throw malformed(folder, CARD + " does not list " + name);
    }
    if (!Files.isRegularFile(file)) {
      throw malformed(folder, name + " is missing; copy the whole folder");
    }
    long bytes = Files.size(file);
    if (bytes != expected.bytes()) {
      throw malformed(
          folder,
          "%s has %s bytes instead of %s; copy the whole folder again"
              .formatted(name, bytes, expected.bytes()));
    }
    byte[] content = Files.readAllBytes(file);
    if (!FileCard.of(content).equals(expected)) {
      throw malformed(
          folder,
          name + " is not the file that was saved (SHA-256 differs); copy the whole folder again");
    }
    return SafeTensors.parse(place(folder, name), content);
  }

  private static NetworkState state(Network network, SafeTensors weights) throws IOException {
    NetworkState state = StateTensors.state(network, weights);
    for (String kind : state.kinds()) {
      Require.argument(
          KINDS.contains(kind), "statistics of inputs '%s' are unknown; known: %s", kind, KINDS);
    }
    return state;
  }

  private static NoiseSource noise(Shape shape, ModelCard card, SafeTensors arrays)
      throws IOException {
    NoiseKind kind =
        NoiseKind.labelled(card.noise())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "unknown noise '%s'; known: %s"
                            .formatted(card.noise(), NoiseKind.labels())));
    Map<String, float[]> statistics = new LinkedHashMap<>();
    for (String name : arrays.names()) {
      statistics.put(name, arrays.values(name));
    }
    return kind.restore(shape, statistics);
  }

  private static MalformedFileException malformed(Path folder, String found) {
    return malformed(folder, found, null);
  }

  /** On one line: what was found may quote the folder's own names, which may hold anything. */
  private static MalformedFileException malformed(
      Path folder, String found, @Nullable Throwable cause) {
    return new MalformedFileException(
        place(folder, found.replaceAll("\\p{Cntrl}|\\R", " ")), cause);
  }

  private static String place(Path folder, String found) {
    return "model folder (%s): %s".formatted(folder, found);
  }
}
