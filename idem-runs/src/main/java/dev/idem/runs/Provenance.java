package dev.idem.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.network.Network;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingTask;
import dev.idem.runs.experiment.Experiment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The file of a run that records what it was started with: the data, the settings, the software. It
 * must be unchanged when the run resumes: a run may not record facts about another one.
 */
final class Provenance implements StatefulListener {

  /** An entry: fingerprints of the data by input, and of what is held out. */
  static final String DATA = "data";

  /** Among {@link #DATA}: of what is held out. */
  static final String HELD_OUT = "held out";

  /** An entry: the fingerprint of the settings. */
  static final String FINGERPRINT = "fingerprint";

  /** An entry: the settings that decide the run's numbers and columns, by key. */
  static final String SETTINGS = "settings";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern SUM = Pattern.compile(", sha256 (\\p{XDigit}{64})$");
  private static final Pattern LONG_SUM = Pattern.compile("sha256 (\\p{XDigit}{12})\\p{XDigit}+$");
  private static final String NOT_SET = "not set";
  private static final String CHECKSUM = "crc32";

  private final Path file;
  private double[] checksum = {};

  Provenance(RunFolder folder) {
    this.file = folder.file(RunFolder.PROVENANCE);
  }

  /** The entries of a run's file. */
  static Map<String, Object> entries(
      Experiment experiment,
      PreparedRun run,
      Map<String, String> environment,
      Map<String, ?> plugins) {
    long seed = experiment.seeds().get(0);
    Network network = run.task().network();
    Map<String, Object> entries = new LinkedHashMap<>(environment);
    entries.put(FINGERPRINT, experiment.settings().fingerprint(seed));
    entries.put("network", network.description());
    entries.put("parameters", network.parameterCount());
    entries.put("seed", seed);
    entries.put("threads", experiment.engine().threads());
    entries.put("precision", experiment.engine().precision().toString());
    entries.put("xla", experiment.engine().xla());
    entries.put(SETTINGS, experiment.settings().deciding());
    entries.put(DATA, run.data());
    entries.putAll(plugins);
    return entries;
  }

  /**
   * The fingerprint of each input's data, by its name, and of what is held out from one.
   *
   * @param fingerprint of {@code source}, which is computed once however often it is needed
   */
  static Map<String, String> fingerprints(
      TrainingTask task, DataSource source, String fingerprint, float[][] heldOut) {
    Map<String, String> fingerprints = new LinkedHashMap<>();
    for (String input : task.objective().inputs()) {
      DataSource data = task.source(input);
      fingerprints.put(input, data.equals(source) ? fingerprint : fingerprint(data));
    }
    fingerprints.put(HELD_OUT, fingerprint(source, heldOut));
    return fingerprints;
  }

  /**
   * The SHA-256 of every training sample in order, as floats, for finite data sets; the description
   * of a distribution otherwise.
   */
  static String fingerprint(DataSource source) {
    return source instanceof FiniteDataSource finite
        ? fingerprint(source, finite.trainingSize(), finite::trainingSample)
        : source.description();
  }

  /**
   * The same for samples held out from {@code source}, which determine a run's measurements and all
   * that follows from them.
   */
  static String fingerprint(DataSource source, float[][] heldOut) {
    return source instanceof FiniteDataSource
        ? fingerprint(source, heldOut.length, i -> heldOut[i])
        : source.description();
  }

  private static String fingerprint(DataSource source, int count, IntFunction<float[]> sample) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bytes = ByteBuffer.allocate(source.shape().size() * Float.BYTES);
      for (int i = 0; i < count; i++) {
        bytes.asFloatBuffer().put(sample.apply(i));
        digest.update(bytes.array());
      }
      String sum = HexFormat.of().formatHex(digest.digest());
      return "%s, sha256 %s".formatted(source.description(), sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The identifying part of a fingerprint: the hash of the samples without their name, since a
   * renamed folder holds the same data; the whole description of a distribution.
   */
  static String sum(String fingerprint) {
    Matcher hash = SUM.matcher(fingerprint);
    return hash.find() ? hash.group(1) : fingerprint;
  }

  private static String shortened(String fingerprint) {
    return LONG_SUM.matcher(fingerprint).replaceFirst("sha256 $1");
  }

  /**
   * Checks that a run resumes with the data that it was started with. A file that is missing or
   * invalid JSON is ignored here; {@link #restore} refuses it.
   *
   * @param present the fingerprints, by name
   * @throws IOException naming the first source that differs
   */
  void requireSameData(Map<String, String> present) throws IOException {
    JsonNode recorded = recorded().path(DATA);
    for (Map.Entry<String, String> source : present.entrySet()) {
      String then = recorded.path(source.getKey()).asText(source.getValue());
      if (!sum(then).equals(sum(source.getValue()))) {
        throw new IOException(
            "%s records different data for '%s': %s then, %s now; restore the data, name its new location with --data, or start again in another folder"
                .formatted(file, source.getKey(), shortened(then), shortened(source.getValue())));
      }
    }
  }

  /**
   * Settings that affect a run's results and have changed since it started, as in {@code plan.steps
   * (3001) was 3000}; none if their fingerprint is the same, for then the provenance is what was
   * changed.
   */
  List<String> changedSettings(String fingerprint, Map<String, String> present) throws IOException {
    JsonNode provenance = recorded();
    JsonNode recorded = provenance.path(SETTINGS);
    if (!recorded.isObject() || provenance.path(FINGERPRINT).asText().equals(fingerprint)) {
      return List.of();
    }
    Set<String> keys = new LinkedHashSet<>(present.keySet());
    recorded.fieldNames().forEachRemaining(keys::add);
    List<String> changed = new ArrayList<>();
    for (String key : keys) {
      String now = present.getOrDefault(key, NOT_SET);
      String then = recorded.path(key).asText(NOT_SET);
      if (!then.equals(now)) {
        changed.add("%s (%s) was %s".formatted(key, now, then));
      }
    }
    return changed;
  }

  private JsonNode recorded() throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException | JacksonException e) {
      return JSON.missingNode();
    }
  }

  @Override
  public String name() {
    return "unchanged " + file.getFileName();
  }

  @Override
  public void started(TrainingTask task) {
    checksum = read();
  }

  @Override
  public Map<String, double[]> save() {
    return Map.of(CHECKSUM, checksum.clone());
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    double[] expected = Require.known(saved.get(CHECKSUM), "value", CHECKSUM, saved.keySet());
    checksum = read();
    Require.argument(
        expected.length == 1 && expected[0] == checksum[0],
        "%s has changed since the run started (its CRC-32 differs); put the file back",
        file);
  }

  private double[] read() {
    CRC32 crc = new CRC32();
    try {
      crc.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s is missing or cannot be read; put the file back".formatted(file), e);
    }
    return new double[] {crc.getValue()};
  }
}
