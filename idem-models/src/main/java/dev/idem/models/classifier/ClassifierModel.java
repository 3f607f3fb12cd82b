package dev.idem.models.classifier;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainingEngine;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.StateFile;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A trained classifier, apart from any engine.
 *
 * @param state of {@link ConvClassifier#digits}
 * @param card how it came to be
 */
public record ClassifierModel(NetworkState state, ClassifierCard card) {

  public ClassifierModel {
    ConvClassifier network = ConvClassifier.digits();
    state.requireFits(network);
    Require.argument(
        card.parameters() == network.parameterCount(),
        "parameters (%s) must be %s",
        card.parameters(),
        network.parameterCount());
  }

  static ClassifierModel of(
      ClassifierTraining training, TrainingEngine engine, NetworkState state, double accuracy) {
    ConvClassifier network = ConvClassifier.digits();
    ClassifierCard card =
        new ClassifierCard(
            network.description(),
            network.parameterCount(),
            training.plan().seed(),
            training.plan().toString(),
            training.digits().description(),
            training.digits().trainingImages().sha256(),
            training.digits().heldOutImages().sha256(),
            accuracy,
            engine.description(),
            FileCard.of(StateFile.content(network, state)));
    return new ClassifierModel(state, card);
  }

  /** The file of the weights. */
  byte[] weights() {
    return StateFile.content(ConvClassifier.digits(), state);
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

    private static final String FORMAT = "1";

    public ClassifierCard {
      Require.argument(accuracy >= 0 && accuracy <= 1, "accuracy (%s) must be in [0, 1]", accuracy);
    }

    /** The card as a file of properties, in a fixed order. */
    String text() {
      Map<String, String> lines = new LinkedHashMap<>();
      lines.put("format", FORMAT);
      lines.put("network", network);
      lines.put("parameters", Long.toString(parameters));
      lines.put("seed", Long.toString(seed));
      lines.put("plan", plan);
      lines.put("data", data);
      lines.put("training.sha256", trainingSha256);
      lines.put("held-out.sha256", heldOutSha256);
      lines.put("accuracy", Double.toString(accuracy));
      lines.put("engine", engine);
      lines.put("weights.bytes", Long.toString(weights.bytes()));
      lines.put("weights.sha256", weights.sha256());
      return lines.entrySet().stream()
          .map(line -> line.getKey() + "=" + line.getValue().replace("\\", "\\\\") + "\n")
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
          number(lines, "accuracy"),
          value(lines, "engine"),
          new FileCard(whole(lines, "weights.bytes"), value(lines, "weights.sha256")));
    }

    private static String value(Properties lines, String key) {
      String value = lines.getProperty(key, "");
      Require.argument(!value.isBlank(), "'%s' is missing", key);
      return value;
    }

    private static long whole(Properties lines, String key) {
      String value = value(lines, key);
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "%s (%s) must be a whole number".formatted(key, value), e);
      }
    }

    private static double number(Properties lines, String key) {
      String value = value(lines, key);
      try {
        return Double.parseDouble(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("%s (%s) must be a number".formatted(key, value), e);
      }
    }
  }
}
