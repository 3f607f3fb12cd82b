package dev.idem.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.training.TrainingState;
import dev.idem.models.storage.SafeFiles;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
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
 * The state of a run after some steps: enough to resume as if it had never stopped.
 *
 * <p>As bytes: a magic number, the format's version and the header's length as 32-bit integers, the
 * header in JSON, the values little-endian and in single precision wherever that is lossless, and
 * the SHA-256 of all of these. A file that is truncated, or differs in any bit, does not match its
 * last 32 bytes.
 *
 * <p>The version covers everything that a reader must understand: the layout and the state of
 * listeners. Any other version than the current one is refused, older or newer. Finish a run with
 * the version that started it; its results, models and tables, do not depend on this version.
 *
 * <ol>
 *   <li>the first
 *   <li>the same layout; files of a run are recorded with their CRC-32, not only their length
 * </ol>
 *
 * @param run a fingerprint of everything that determines the run, so that it is not continued as
 *     another
 * @param state of the engine
 * @param listeners the state of each listener, by {@link
 *     dev.idem.api.training.TrainingListener.StatefulListener#name}
 */
record Checkpoint(String run, TrainingState state, Map<String, Map<String, double[]>> listeners) {

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

  /** The content of an array. */
  enum Part {
    PARAMETER,
    MOMENT,
    MEAN,
    VARIANCE,
    LISTENER
  }

  /**
   * An array: of a parameter, a kind of input, or a listener; named by the place of statistics, or
   * by the listener. Wide numbers take 8 bytes, others 4.
   */
  record Entry(Part part, String owner, String name, int length, boolean wide) {
    Entry {
      Require.notNegative("length", (long) length);
    }
  }

  /**
   * The names of the listeners with state, even if it is empty; the arrays that follow, in order.
   */
  record Header(String run, long stepsDone, List<String> listeners, List<Entry> arrays) {
    Header {
      Require.notNegative("stepsDone", stepsDone);
      listeners = List.copyOf(listeners);
      arrays = List.copyOf(arrays);
    }

    /** The length of what follows the header. */
    private long bytesAfter() {
      return arrays.stream()
          .mapToLong(array -> (long) array.length * (array.wide ? Double.BYTES : Float.BYTES))
          .sum();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // to be written, never compared
  private record Array(Entry entry, double[] values) {

    Array(Part part, String owner, String name, double[] values) {
      this(new Entry(part, owner, name, values.length, isWide(values)), values);
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

    void write(ByteBuffer to) {
      for (double value : values) {
        if (entry.wide) {
          to.putDouble(value);
        } else {
          to.putFloat((float) value);
        }
      }
    }

    static double[] read(ByteBuffer from, Entry entry) {
      double[] values = new double[entry.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = entry.wide ? from.getDouble() : from.getFloat();
      }
      return values;
    }
  }

  byte[] bytes() {
    List<Array> arrays = arrays();
    Header header =
        new Header(
            run,
            state.stepsDone(),
            List.copyOf(listeners.keySet()),
            arrays.stream().map(Array::entry).toList());
    byte[] json = json(header);
    int size = Math.toIntExact(PROLOGUE + json.length + header.bytesAfter() + HASH);
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MARK).putInt(VERSION).putInt(json.length).put(json);
    arrays.forEach(array -> array.write(bytes));
    return bytes.put(hash(bytes.array(), size - HASH)).array();
  }

  private List<Array> arrays() {
    List<Array> arrays = new ArrayList<>();
    NetworkState network = state.network();
    for (String name : network.parameterNames()) {
      arrays.add(new Array(Part.PARAMETER, name, "", network.parameter(name)));
      state.moments(name).forEach(moment -> arrays.add(new Array(Part.MOMENT, name, "", moment)));
    }
    network
        .statistics()
        .forEach(
            (kind, places) ->
                places.forEach(
                    (place, of) -> {
                      arrays.add(new Array(Part.MEAN, kind, place, array(of.mean())));
                      arrays.add(new Array(Part.VARIANCE, kind, place, array(of.variance())));
                    }));
    listeners.forEach(
        (listener, saved) ->
            saved.forEach(
                (name, values) -> arrays.add(new Array(Part.LISTENER, listener, name, values))));
    return arrays;
  }

  private static byte[] json(Header header) {
    try {
      return JSON.writeValueAsBytes(header);
    } catch (JacksonException e) {
      throw new IllegalStateException("a header is plain values", e);
    }
  }

  /**
   * The checkpoint in {@code content}.
   *
   * @throws MalformedFileException with what is wrong; the file's name is not known here
   */
  static Checkpoint of(byte[] content) throws MalformedFileException {
    requireWhole(content);
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int version = bytes.position(MARK.length).getInt();
    if (version != VERSION) {
      throw new MalformedFileException(
          "has format %s; this version reads format %s".formatted(version, VERSION));
    }
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining() - HASH) {
      throw new MalformedFileException("has a header of %s bytes".formatted(length));
    }
    byte[] json = new byte[length];
    bytes.get(json);
    try {
      @Nullable Header header = JSON.readValue(json, Header.class);
      if (header == null) {
        throw new MalformedFileException("has an invalid header: null");
      }
      if (header.bytesAfter() != bytes.remaining() - HASH) {
        throw new MalformedFileException(
            "holds %s bytes of values where its header declares %s"
                .formatted(bytes.remaining() - HASH, header.bytesAfter()));
      }
      return of(header, bytes);
    } catch (MalformedFileException e) {
      throw e;
    } catch (JacksonException e) {
      throw new MalformedFileException("has an invalid header: " + SafeFiles.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException("is invalid: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new MalformedFileException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireWhole(byte[] content) throws MalformedFileException {
    if (content.length < PROLOGUE + HASH
        || !Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length)) {
      throw new MalformedFileException(
          "is not a checkpoint, or is truncated (%s bytes)".formatted(content.length));
    }
    int end = content.length - HASH;
    if (!Arrays.equals(hash(content, end), Arrays.copyOfRange(content, end, content.length))) {
      throw new MalformedFileException("is damaged or truncated: its SHA-256 differs");
    }
  }

  private static Checkpoint of(Header header, ByteBuffer bytes) {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    Map<String, List<double[]>> moments = new LinkedHashMap<>();
    Map<String, Map<String, double[]>> means = new LinkedHashMap<>();
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    Map<String, Map<String, double[]>> listeners = new LinkedHashMap<>();
    header.listeners.forEach(listener -> inner(listeners, listener));
    for (Entry entry : header.arrays) {
      String owner = entry.owner;
      double[] values = Array.read(bytes, entry);
      switch (entry.part) {
        case PARAMETER -> {
          parameters.put(owner, values);
          moments.computeIfAbsent(owner, first -> new ArrayList<>());
        }
        case MOMENT -> moments.computeIfAbsent(owner, first -> new ArrayList<>()).add(values);
        case MEAN -> inner(means, owner).put(entry.name, values);
        case VARIANCE -> {
          double[] mean = inner(means, owner).getOrDefault(entry.name, new double[0]);
          inner(statistics, owner).put(entry.name, statistics(mean, values));
        }
        case LISTENER -> inner(listeners, owner).put(entry.name, values);
      }
    }
    return new Checkpoint(
        header.run,
        new TrainingState(header.stepsDone, new NetworkState(parameters, statistics), moments),
        listeners);
  }

  private static <V> Map<String, V> inner(Map<String, Map<String, V>> outer, String name) {
    return outer.computeIfAbsent(name, first -> new LinkedHashMap<>());
  }

  static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static ChannelStatistics statistics(double[] mean, double[] variance) {
    return new ChannelStatistics(
        Arrays.stream(mean).boxed().toList(), Arrays.stream(variance).boxed().toList());
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
