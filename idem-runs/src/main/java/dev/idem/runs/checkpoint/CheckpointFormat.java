package dev.idem.runs.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.training.TrainingState;
import dev.idem.runs.checkpoint.CheckpointHeader.Entry;
import dev.idem.runs.checkpoint.CheckpointHeader.Part;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as bytes: a magic number, the format's version and the header's length as 32-bit
 * integers, the header in JSON, the values little-endian and in single precision wherever that is
 * lossless, and the SHA-256 of all of these. A file that is truncated, or differs in any bit, does
 * not match its last 32 bytes.
 *
 * <p>The version covers everything that a reader must understand: the layout and the state of
 * listeners. Any other version than the current one is refused, older or newer. Finish a run with
 * the version that started it; its results, models and tables, do not depend on this version.
 *
 * <ol>
 *   <li>the first
 *   <li>the same layout; files of a run are recorded with their CRC-32, not only their length
 * </ol>
 */
final class CheckpointFormat {

  private static final byte[] MARK = "idem run".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 2;
  private static final int PROLOGUE = MARK.length + 2 * Integer.BYTES;
  private static final int HASH = 32;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CheckpointFormat() {}

  static byte[] bytes(Checkpoint checkpoint) {
    List<Entry> entries = new ArrayList<>();
    List<double[]> arrays = new ArrayList<>();
    collect(checkpoint, entries, arrays);
    CheckpointHeader header =
        new CheckpointHeader(
            checkpoint.run(),
            checkpoint.state().stepsDone(),
            List.copyOf(checkpoint.listeners().keySet()),
            entries);
    byte[] json = json(header);
    int size = Math.toIntExact(PROLOGUE + json.length + header.bytes() + HASH);
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MARK).putInt(VERSION).putInt(json.length).put(json);
    for (int i = 0; i < arrays.size(); i++) {
      put(bytes, arrays.get(i), entries.get(i).wide());
    }
    bytes.put(hash(bytes.array(), size - HASH));
    return bytes.array();
  }

  private static void collect(Checkpoint checkpoint, List<Entry> entries, List<double[]> arrays) {
    TrainingState state = checkpoint.state();
    NetworkState network = state.network();
    for (String name : network.parameterNames()) {
      add(Part.PARAMETER, name, "", network.parameter(name), entries, arrays);
      for (double[] moment : state.moments(name)) {
        add(Part.MOMENT, name, "", moment, entries, arrays);
      }
    }
    network
        .statistics()
        .forEach(
            (kind, places) ->
                places.forEach(
                    (place, statistics) -> {
                      add(Part.MEAN, kind, place, array(statistics.mean()), entries, arrays);
                      add(
                          Part.VARIANCE,
                          kind,
                          place,
                          array(statistics.variance()),
                          entries,
                          arrays);
                    }));
    checkpoint
        .listeners()
        .forEach(
            (listener, saved) ->
                saved.forEach(
                    (name, values) -> add(Part.LISTENER, listener, name, values, entries, arrays)));
  }

  private static void add(
      Part part,
      String owner,
      String name,
      double[] values,
      List<Entry> entries,
      List<double[]> arrays) {
    entries.add(new Entry(part, owner, name, values.length, isWide(values)));
    arrays.add(values);
  }

  /** Whether single precision would lose information. */
  private static boolean isWide(double[] values) {
    for (double value : values) {
      if (Double.doubleToLongBits((float) value) != Double.doubleToLongBits(value)) {
        return true;
      }
    }
    return false;
  }

  private static void put(ByteBuffer to, double[] values, boolean wide) {
    for (double value : values) {
      if (wide) {
        to.putDouble(value);
      } else {
        to.putFloat((float) value);
      }
    }
  }

  private static byte[] json(CheckpointHeader header) {
    try {
      return JSON.writeValueAsBytes(header);
    } catch (JacksonException e) {
      throw new IllegalStateException("a header is plain values", e);
    }
  }

  /**
   * Decodes the checkpoint in {@code content}.
   *
   * @throws MalformedCheckpointException with what is wrong; the file's name is not known here
   */
  static Checkpoint checkpoint(byte[] content) throws MalformedCheckpointException {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    requireWhole(content);
    bytes.position(MARK.length);
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new MalformedCheckpointException(
          "is of format %s; this version reads format %s".formatted(version, VERSION));
    }
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining() - HASH) {
      throw new MalformedCheckpointException("has a header of %s bytes".formatted(length));
    }
    byte[] json = new byte[length];
    bytes.get(json);
    try {
      @Nullable CheckpointHeader header = JSON.readValue(json, CheckpointHeader.class);
      if (header == null) {
        throw new MalformedCheckpointException("has an invalid header: null");
      }
      if (header.bytes() != bytes.remaining() - HASH) {
        throw new MalformedCheckpointException(
            "holds %s bytes of values where its header declares %s"
                .formatted(bytes.remaining() - HASH, header.bytes()));
      }
      return checkpoint(header, bytes);
    } catch (MalformedCheckpointException e) {
      throw e;
    } catch (JacksonException e) {
      throw new MalformedCheckpointException("has an invalid header: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedCheckpointException("is invalid: " + e.getMessage(), e);
    } catch (java.io.IOException e) {
      throw new MalformedCheckpointException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireWhole(byte[] content) throws MalformedCheckpointException {
    if (content.length < PROLOGUE + HASH
        || !Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length)) {
      throw new MalformedCheckpointException(
          "is not a checkpoint, or is truncated (%s bytes)".formatted(content.length));
    }
    int end = content.length - HASH;
    if (!Arrays.equals(hash(content, end), Arrays.copyOfRange(content, end, content.length))) {
      throw new MalformedCheckpointException("is damaged or truncated: its SHA-256 differs");
    }
  }

  private static Checkpoint checkpoint(CheckpointHeader header, ByteBuffer bytes) {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    Map<String, List<double[]>> moments = new LinkedHashMap<>();
    Map<String, Map<String, double[]>> means = new LinkedHashMap<>();
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    Map<String, Map<String, double[]>> listeners = new LinkedHashMap<>();
    header.listeners().forEach(listener -> inner(listeners, listener));
    for (Entry entry : header.arrays()) {
      double[] values = values(bytes, entry);
      switch (entry.part()) {
        case PARAMETER -> {
          parameters.put(entry.owner(), values);
          moments.computeIfAbsent(entry.owner(), first -> new ArrayList<>());
        }
        case MOMENT ->
            moments.computeIfAbsent(entry.owner(), first -> new ArrayList<>()).add(values);
        case MEAN -> inner(means, entry.owner()).put(entry.name(), values);
        case VARIANCE -> {
          double[] mean = inner(means, entry.owner()).getOrDefault(entry.name(), new double[0]);
          statistics
              .computeIfAbsent(entry.owner(), first -> new LinkedHashMap<>())
              .put(entry.name(), new ChannelStatistics(list(mean), list(values)));
        }
        case LISTENER -> inner(listeners, entry.owner()).put(entry.name(), values);
      }
    }
    return new Checkpoint(
        header.run(),
        new TrainingState(header.stepsDone(), new NetworkState(parameters, statistics), moments),
        listeners);
  }

  private static Map<String, double[]> inner(
      Map<String, Map<String, double[]>> outer, String name) {
    return outer.computeIfAbsent(name, first -> new LinkedHashMap<>());
  }

  private static double[] values(ByteBuffer from, Entry entry) {
    double[] values = new double[entry.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.wide() ? from.getDouble() : from.getFloat();
    }
    return values;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static byte[] hash(byte[] content, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
