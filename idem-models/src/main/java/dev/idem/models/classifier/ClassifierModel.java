package dev.idem.models.classifier;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.SafeFiles;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensors;
import dev.idem.models.storage.StateTensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trained classifier, apart from any engine. It is stored as two files, in a folder or on the
 * class path:
 *
 * <ul>
 *   <li>{@code classifier.properties}: the {@link ClassifierCard}; written last, so that a folder
 *       with it is whole;
 *   <li>{@code classifier.safetensors}: the parameters, {@link StateTensors}.
 * </ul>
 *
 * @param state of {@link ConvClassifier#digits}
 * @param card its metadata
 */
public record ClassifierModel(NetworkState state, ClassifierCard card) {

  /** The file that makes a folder a classifier. */
  public static final String CARD = "classifier.properties";

  private static final String WEIGHTS = "classifier.safetensors";

  /** Room for any card; more is not read. */
  private static final int MOST_CARD_BYTES = 1 << 16;

  /** Room for the weights of 93,242 parameters; more is not read. */
  private static final int MOST_WEIGHTS_BYTES = 1 << 19;

  public ClassifierModel {
    ConvClassifier network = ConvClassifier.digits();
    state.requireFits(network);
    Require.argument(
        card.parameters() == network.parameterCount(),
        "parameters (%s) must be %s",
        card.parameters(),
        network.parameterCount());
  }

  /** The content of the file of the weights. */
  static byte[] weights(NetworkState state) {
    return StateTensors.content(ConvClassifier.digits(), state);
  }

  /**
   * Writes the classifier.
   *
   * @param folder created if it does not exist
   * @throws IOException if it holds a classifier already, which is left as it is, or cannot be
   *     written
   */
  public void save(Path folder) throws IOException {
    if (Files.exists(folder.resolve(CARD))) {
      throw new IOException(
          "folder (%s) holds a digit classifier already; name another folder".formatted(folder));
    }
    Files.createDirectories(folder);
    SafeFiles.write(folder, WEIGHTS, weights(state));
    SafeFiles.write(folder, CARD, card.text().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a classifier.
   *
   * @throws MalformedFileException if the folder does not exist, holds no classifier, or one of its
   *     files is missing, truncated or not the one that was saved
   * @throws IOException if a file cannot be read
   */
  public static ClassifierModel load(Path folder) throws IOException {
    return new Reader(
            folder.toString(),
            "train one with 'idem classifier', or copy the whole folder again",
            name -> {
              Path file = folder.resolve(name);
              return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
            })
        .model();
  }

  /**
   * The classifier that this library carries, trained on MNIST's 60,000 digits to train on: what
   * {@code idem classifier --data mnist:DIR --seed 1 --threads 1} writes, to the byte on the same
   * kind of processor. Its card has its accuracy on MNIST's 10,000 test digits.
   *
   * @throws IOException if the library's jar is damaged
   */
  public static ClassifierModel embedded() throws IOException {
    return new Reader(
            "embedded in idem-models",
            "restore the original jar of idem-models",
            ClassifierModel.class::getResourceAsStream)
        .model();
  }

  /** Where the files come from. */
  interface Opener {
    /** The file's content, to be closed; null if it does not exist. */
    @Nullable InputStream open(String name) throws IOException;
  }

  /** Reads the files of one place; what is wrong with them names it, and what to do. */
  record Reader(String place, String remedy, Opener files) {

    ClassifierModel model() throws IOException {
      byte[] text = content(CARD, MOST_CARD_BYTES);
      ClassifierCard card;
      try {
        card = ClassifierCard.parse(new String(text, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw damaged(CARD, e);
      }
      ConvClassifier network = ConvClassifier.digits();
      if (!card.network().equals(network.description())) {
        throw malformed(
            "is a network '%s'; this version reads '%s'"
                .formatted(card.network(), network.description()));
      }
      long size = card.weights().bytes();
      byte[] weights = content(WEIGHTS, MOST_WEIGHTS_BYTES);
      if (weights.length > size) {
        throw malformed(
            "%s is longer than the %s bytes it should have; %s".formatted(WEIGHTS, size, remedy));
      }
      if (weights.length < size) {
        throw malformed(
            "%s has %s bytes instead of %s; %s".formatted(WEIGHTS, weights.length, size, remedy));
      }
      if (!FileCard.of(weights).equals(card.weights())) {
        throw malformed(
            "%s is not the file that %s describes (SHA-256 differs); %s"
                .formatted(WEIGHTS, CARD, remedy));
      }
      SafeTensors tensors =
          SafeTensors.parse("digit classifier (%s): %s".formatted(place, WEIGHTS), weights);
      try {
        return new ClassifierModel(StateTensors.state(network, tensors), card);
      } catch (IllegalArgumentException e) {
        throw damaged(WEIGHTS, e);
      }
    }

    /** At most {@code most} bytes and one more, which tells a file that is too long. */
    private byte[] content(String name, int most) throws IOException {
      try (InputStream in = files.open(name)) {
        if (in == null) {
          throw malformed(name + " is missing; " + remedy);
        }
        return in.readNBytes(most + 1);
      }
    }

    private MalformedFileException damaged(String name, IllegalArgumentException cause) {
      return malformed("%s is damaged: %s; %s".formatted(name, cause.getMessage(), remedy), cause);
    }

    private MalformedFileException malformed(String found) {
      return malformed(found, null);
    }

    private MalformedFileException malformed(String found, @Nullable Throwable cause) {
      return new MalformedFileException("digit classifier (%s): %s".formatted(place, found), cause);
    }
  }

  /**
   * The metadata of a classifier. It contains no time, machine or path: the same training writes
   * the same card.
   *
   * @param network its description
   * @param parameters the number of trainable values
   * @param seed of every random draw of the training
   * @param plan the training plan, in words
   * @param data what it was trained on and measured by, in words
   * @param trainingSha256 {@link dev.idem.models.data.LabeledImages#sha256} of the images trained
   *     on
   * @param heldOutSha256 that of the images held out
   * @param accuracy the share of the images held out that get their own label, in [0, 1]
   * @param engine that trained it
   * @param weights the file of the weights
   */
  public record ClassifierCard(
      String network,
      long parameters,
      long seed,
      String plan,
      String data,
      String trainingSha256,
      String heldOutSha256,
      double accuracy,
      String engine,
      FileCard weights) {

    private static final String FORMAT = "2";

    public ClassifierCard {
      Require.argument(accuracy >= 0 && accuracy <= 1, "accuracy (%s) must be in [0, 1]", accuracy);
    }

    /** The card as a file of properties, in a fixed order. */
    String text() {
      Map<String, Object> lines = new LinkedHashMap<>();
      lines.put("format", FORMAT);
      lines.put("network", network);
      lines.put("parameters", parameters);
      lines.put("seed", seed);
      lines.put("plan", plan);
      lines.put("data", data);
      lines.put("training.sha256", trainingSha256);
      lines.put("held-out.sha256", heldOutSha256);
      lines.put("accuracy", accuracy);
      lines.put("engine", engine);
      lines.put("weights.bytes", weights.bytes());
      lines.put("weights.sha256", weights.sha256());
      return lines.entrySet().stream()
          .map(
              line -> line.getKey() + "=" + line.getValue().toString().replace("\\", "\\\\") + "\n")
          .collect(Collectors.joining());
    }

    /**
     * The card in a file of properties.
     *
     * @throws IllegalArgumentException if something is missing or invalid; the message says what
     */
    static ClassifierCard parse(String text) {
      Properties lines = new Properties();
      try {
        lines.load(new StringReader(text));
      } catch (IOException e) {
        throw new IllegalStateException("a string can be read", e);
      }
      String format = value(lines, "format");
      Require.argument(
          format.equals(FORMAT), "format is %s; this version reads format %s", format, FORMAT);
      return new ClassifierCard(
          value(lines, "network"),
          whole(lines, "parameters"),
          whole(lines, "seed"),
          value(lines, "plan"),
          value(lines, "data"),
          value(lines, "training.sha256"),
          value(lines, "held-out.sha256"),
          number(lines, "accuracy", "a number", Double::valueOf),
          value(lines, "engine"),
          new FileCard(whole(lines, "weights.bytes"), value(lines, "weights.sha256")));
    }

    private static String value(Properties lines, String key) {
      String value = lines.getProperty(key, "");
      Require.argument(!value.isBlank(), "'%s' is missing", key);
      return value;
    }

    private static long whole(Properties lines, String key) {
      return number(lines, key, "a whole number", Long::valueOf);
    }

    private static <N extends Number> N number(
        Properties lines, String key, String what, Function<String, N> parse) {
      String value = value(lines, key);
      try {
        return parse.apply(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("%s (%s) must be %s".formatted(key, value, what), e);
      }
    }
  }
}
