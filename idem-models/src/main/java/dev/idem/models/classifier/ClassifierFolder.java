package dev.idem.models.classifier;

import dev.idem.api.network.NetworkState;
import dev.idem.models.classifier.ClassifierModel.ClassifierCard;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.MalformedFileException;
import dev.idem.models.storage.SafeFiles;
import dev.idem.models.storage.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A classifier as two files, in a folder or on the class path:
 *
 * <ul>
 *   <li>{@code classifier.properties}: the {@link ClassifierCard}; written last, so that a folder
 *       with it is whole;
 *   <li>{@code classifier.bin}: the parameters in the network's order, single precision,
 *       little-endian.
 * </ul>
 */
public final class ClassifierFolder {

  /** The file that makes a folder a classifier. */
  public static final String CARD = "classifier.properties";

  private static final String WEIGHTS = "classifier.bin";

  /** Room for any card; more is not read. */
  private static final int MOST_CARD_BYTES = 1 << 16;

  /** Where the files come from. */
  interface Opener {
    /** The file's content, to be closed; null if it does not exist. */
    @Nullable InputStream open(String name) throws IOException;
  }

  private ClassifierFolder() {}

  /**
   * Writes a classifier.
   *
   * @param folder created if it does not exist
   * @throws IOException if it holds a classifier already, which is left as it is, or cannot be
   *     written
   */
  public static void save(ClassifierModel model, Path folder) throws IOException {
    if (Files.exists(folder.resolve(CARD))) {
      throw new IOException(
          "folder (%s) holds a digit classifier already; name another folder".formatted(folder));
    }
    Files.createDirectories(folder);
    SafeFiles.write(folder, WEIGHTS, model.weights());
    SafeFiles.write(folder, CARD, model.card().text().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a classifier.
   *
   * @throws MalformedFileException if the folder does not exist, holds no classifier, or one of its
   *     files is missing, truncated or not the one that was saved
   * @throws IOException if a file cannot be read
   */
  public static ClassifierModel load(Path folder) throws IOException {
    return read(
        folder.toString(),
        "train one with 'idem classifier', or copy the whole folder again",
        name -> {
          Path file = folder.resolve(name);
          return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
        });
  }

  /** The classifier on the class path. */
  static ClassifierModel embedded() throws IOException {
    return read(
        "embedded in idem-models",
        "take the library's own jar again",
        ClassifierFolder.class::getResourceAsStream);
  }

  static ClassifierModel read(String place, String remedy, Opener files) throws IOException {
    byte[] text = content(place, remedy, files, CARD, MOST_CARD_BYTES);
    ClassifierCard card;
    try {
      card = ClassifierCard.parse(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw damaged(place, CARD, e, remedy);
    }
    ConvClassifier network = ConvClassifier.digits();
    if (!card.network().equals(network.description())) {
      throw malformed(
          place,
          "is a network '%s'; this version reads '%s'"
              .formatted(card.network(), network.description()));
    }
    int size = Math.toIntExact(StateFile.count(network, 0) * Float.BYTES);
    byte[] weights = content(place, remedy, files, WEIGHTS, size);
    if (weights.length > size) {
      throw malformed(
          place,
          "%s is longer than the %s bytes it should have; %s".formatted(WEIGHTS, size, remedy));
    }
    if (weights.length < size) {
      throw malformed(
          place,
          "%s has %s bytes instead of %s; %s".formatted(WEIGHTS, weights.length, size, remedy));
    }
    if (!FileCard.of(weights).equals(card.weights())) {
      throw malformed(
          place,
          "%s is not the file that %s describes (SHA-256 differs); %s"
              .formatted(WEIGHTS, CARD, remedy));
    }
    try {
      NetworkState state = StateFile.state(network, List.of(), weights);
      return new ClassifierModel(state, card);
    } catch (IllegalArgumentException e) {
      throw damaged(place, WEIGHTS, e, remedy);
    }
  }

  private static MalformedFileException damaged(
      String place, String name, IllegalArgumentException cause, String remedy) {
    String found = "%s is damaged: %s; %s".formatted(name, cause.getMessage(), remedy);
    return new MalformedFileException(message(place, found), cause);
  }

  private static MalformedFileException malformed(String place, String found) {
    return new MalformedFileException(message(place, found));
  }

  private static String message(String place, String found) {
    return "digit classifier (%s): %s".formatted(place, found);
  }

  /** At most {@code most} bytes and one more, which tells a file that is too long. */
  private static byte[] content(String place, String remedy, Opener files, String name, int most)
      throws IOException {
    try (InputStream in = files.open(name)) {
      if (in == null) {
        throw malformed(place, name + " is missing; " + remedy);
      }
      return in.readNBytes(most + 1);
    }
  }
}
