package dev.idem.models.storage;

import static dev.idem.models.storage.SafeTensorsHeader.malformed;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.check.Suggestions;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensorsHeader.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named tensors in the safetensors format, which PyTorch and other frameworks read and write: eight
 * bytes with the length of the header, little-endian; the header, JSON that gives each tensor's
 * type, shape and place in the data; the data. What is written is float32, row-major, in the order
 * of the tensors, with the header padded by spaces so that the data begin at a multiple of 8.
 *
 * <p>A file is read only if its header is whole and unambiguous: every tensor lies within the data,
 * is as long as its type and shape say, and the tensors cover the data without overlap or gap. No
 * memory is allocated by a length before that is checked.
 */
public final class SafeTensors {

  /** What names of such files end in. */
  public static final String ENDING = ".safetensors";

  private static final ObjectMapper JSON = new JsonMapper();

  /**
   * A tensor to write.
   *
   * @param values row-major, as many as the shape holds
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and written at once
  public record Tensor(String name, Shape shape, float[] values) {

    public Tensor {
      Require.argument(
          !name.equals(SafeTensorsHeader.METADATA), "tensor name ('%s') is reserved", name);
      Require.argument(
          values.length == shape.size(),
          "tensor '%s' has %s values; shape %s holds %s",
          name,
          values.length,
          shape,
          shape.size());
    }

    /** A tensor with a single axis. */
    public static Tensor of(String name, float[] values) {
      return new Tensor(name, Shape.of(values.length), values);
    }
  }

  private final String place;
  private final Map<String, String> metadata;
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
  private final ByteBuffer data;

  private SafeTensors(String place, SafeTensorsHeader header, ByteBuffer data) {
    this.place = place;
    this.metadata = header.metadata();
    this.data = data;
    header.entries().forEach(entry -> entries.put(entry.name(), entry));
  }

  /**
   * The content of a file.
   *
   * @param metadata texts by name, which no reader needs
   * @param tensors in the order of the data
   * @throws IllegalArgumentException if two tensors have the same name
   */
  public static byte[] content(Map<String, String> metadata, Collection<Tensor> tensors) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(SafeTensorsHeader.METADATA);
      metadata.forEach(texts::put);
    }
    long end = 0;
    for (Tensor tensor : tensors) {
      Require.argument(!header.has(tensor.name()), "two tensors are called '%s'", tensor.name());
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", ElementType.F32.name());
      ArrayNode shape = entry.putArray("shape");
      tensor.shape().dimensions().forEach(shape::add);
      long begin = end;
      end += (long) Float.BYTES * tensor.values().length;
      entry.putArray("data_offsets").add(begin).add(end);
    }
    byte[] json = bytes(header);
    int padding = -json.length & 7;
    long length = Long.BYTES + json.length + padding + end;
    ByteBuffer content =
        ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(json.length + padding).put(json).put(" ".repeat(padding).getBytes(UTF_8));
    for (Tensor tensor : tensors) {
      content.asFloatBuffer().put(tensor.values());
      content.position(content.position() + Float.BYTES * tensor.values().length);
    }
    return content.array();
  }

  private static byte[] bytes(ObjectNode header) {
    try {
      return JSON.writeValueAsBytes(header);
    } catch (JacksonException e) {
      throw new IllegalStateException("plain values", e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws MalformedFileException if it is not in the safetensors format
   * @throws IOException if it cannot be read
   */
  public static SafeTensors read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new MalformedFileException(file + ": is a folder; name a file of safetensors");
    }
    long bytes = Files.size(file);
    if (bytes > Integer.MAX_VALUE - Long.BYTES) {
      throw new MalformedFileException(
          "%s: has %s bytes; files of less than 2^31 bytes are read: convert it to float16, or name another"
              .formatted(file, bytes));
    }
    return parse(file.toString(), Files.readAllBytes(file));
  }

  /**
   * The tensors in the content of a file.
   *
   * @param place what messages begin with, such as the file's name
   * @throws MalformedFileException if it is not in the safetensors format
   */
  public static SafeTensors parse(String place, byte[] content) throws MalformedFileException {
    SafeTensorsHeader header = SafeTensorsHeader.of(place, content);
    int begin = header.end();
    ByteBuffer data = ByteBuffer.wrap(content, begin, content.length - begin).slice();
    return new SafeTensors(place, header, data.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** What messages on this file begin with. */
  public String place() {
    return place;
  }

  /** Texts by name. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** The names of the tensors, in the order of the data. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * The size of a tensor along each axis, outermost first; may hold zeros.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public List<Long> shape(String name) {
    return named(name).shape();
  }

  /**
   * A tensor's values, row-major; float64 is rounded to float32.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws MalformedFileException if it is not of a floating-point type, or holds a value that is
   *     not finite as a float32
   */
  public float[] values(String name) throws MalformedFileException {
    TensorEntry entry = named(name);
    ElementType type = entry.type();
    if (!type.isFloatingPoint()) {
      throw malformed(
          place,
          "tensor '%s' is of type %s; weights are F32, F64, F16 or BF16: convert it, as by x.float()"
              + " in PyTorch",
          name,
          type);
    }
    float[] values = new float[(int) (entry.end() - entry.begin()) / type.bytes];
    for (int i = 0; i < values.length; i++) {
      double value = type.value(data, (int) entry.begin() + i * type.bytes);
      values[i] = (float) value;
      if (!Float.isFinite(values[i])) {
        throw malformed(
            place,
            "tensor '%s' holds %s at index %s, which is not finite as a float32; take weights from"
                + " before the training diverged",
            name,
            value,
            i);
      }
    }
    return values;
  }

  /**
   * The values of a tensor of a known shape, row-major.
   *
   * @throws MalformedFileException as {@link #values(String)}, or if it has another shape
   */
  public float[] values(String name, Shape expected) throws MalformedFileException {
    if (!shape(name).equals(expected.dimensions().stream().map(Integer::longValue).toList())) {
      throw malformed(
          place,
          "tensor '%s' has shape %s; expected %s: these are weights of another network",
          name,
          shape(name),
          expected);
    }
    return values(name);
  }

  private TensorEntry named(String name) {
    return Require.known(entries.get(name), "tensor", name, entries.keySet());
  }

  /**
   * Compares names: what the file lacks and what it has besides, one line each, with the nearest
   * missing name. Empty if all is well.
   *
   * @param names of the file, or what they stand for
   * @param required that must be there
   * @param optional that may be there
   */
  public static List<String> mismatches(
      Collection<String> names, Collection<String> required, Collection<String> optional) {
    List<String> missing = required.stream().filter(name -> !names.contains(name)).toList();
    List<String> mismatches = new ArrayList<>();
    for (String name : names) {
      if (!required.contains(name) && !optional.contains(name)) {
        String hint = Suggestions.hint(name, missing);
        mismatches.add("'%s' is unknown%s".formatted(SafeTensorsHeader.printable(name), hint));
      }
    }
    missing.forEach(name -> mismatches.add("'%s' is missing".formatted(name)));
    return mismatches;
  }
}
