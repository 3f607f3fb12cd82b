package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.models.storage.FileCard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The content of {@code metrics.json}. Numbers that are withheld are null; those that are not
 * finite are the words NaN and Infinity. It holds no times: the same evaluation gives the same
 * bytes.
 *
 * @param format of the folder; this code writes and reads {@link #FORMAT}
 * @param subject what was evaluated
 * @param conditions what must be the same in a comparison
 * @param inputs the SHA-256 of each input's samples, by its name: samples are paired where it is
 *     the same
 * @param provenance versions, engine, machine
 * @param entries the numbers
 * @param notes on the evaluation as a whole
 * @param perSample the file with the values of single samples
 */
public record EvaluationCard(
    int format,
    Subject subject,
    Conditions conditions,
    Map<String, String> inputs,
    Map<String, String> provenance,
    List<Entry> entries,
    List<String> notes,
    FileCard perSample) {

  /** The present format. */
  public static final int FORMAT = 1;

  /**
   * The subject of an evaluation.
   *
   * @param name of its folder, without the path
   * @param fingerprint the SHA-256 of its files: the same after copying
   */
  public record Subject(String name, String fingerprint) {}

  /**
   * Conditions that must be the same for evaluations to be comparable.
   *
   * @param kind {@code generator} or {@code function}: what inputs there are depends on it
   * @param data a line on the data
   * @param heldOut the SHA-256 of the held-out samples that were compared with
   * @param samples how many
   * @param seed of every draw
   * @param features the space that distributions were compared in
   */
  public record Conditions(
      String kind, String data, String heldOut, int samples, long seed, String features) {

    /** The differences, as {@code name: this and other}; empty if there are none. */
    public Map<String, String> differences(Conditions other) {
      Map<String, String> differences = new LinkedHashMap<>();
      compare(differences, "kind", kind, other.kind);
      compare(differences, "data", data, other.data);
      compare(differences, "samples", samples, other.samples);
      compare(differences, "seed", seed, other.seed);
      compare(differences, "features", features, other.features);
      if (differences.isEmpty()) {
        compare(differences, "held-out samples (SHA-256)", heldOut, other.heldOut);
      }
      return differences;
    }

    private static void compare(Map<String, String> into, String name, Object a, Object b) {
      if (!Objects.equals(a, b)) {
        into.put(name, "'%s' and '%s'".formatted(a, b));
      }
    }
  }

  public EvaluationCard {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }

  /** The SHA-256 of the files of these names, in this order. */
  public static String fingerprint(Path folder, List<String> names) throws IOException {
    byte[][] parts = new byte[2 * names.size()][];
    for (int i = 0; i < names.size(); i++) {
      parts[2 * i] = names.get(i).getBytes(StandardCharsets.UTF_8);
      parts[2 * i + 1] = Files.readAllBytes(folder.resolve(names.get(i)));
    }
    return FileCard.of(parts).sha256();
  }

  /** The SHA-256 of all files below a folder, with their names. */
  public static String fingerprint(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      return fingerprint(folder, names);
    }
  }

  /** The SHA-256 of samples, value by value in single precision. */
  public static String fingerprint(float[][] rows) {
    byte[][] parts = new byte[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      ByteBuffer bytes =
          ByteBuffer.allocate(rows[i].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : rows[i]) {
        bytes.putFloat(value);
      }
      parts[i] = bytes.array();
    }
    return FileCard.of(parts).sha256();
  }

  /** The first letters of a SHA-256, for people. */
  public static String shortened(String sha256) {
    return sha256.substring(0, Math.min(12, sha256.length()));
  }
}
