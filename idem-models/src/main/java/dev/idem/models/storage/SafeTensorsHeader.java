package dev.idem.models.storage;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a safetensors file, read and checked: see {@link SafeTensors}.
 *
 * @param end of the header in the file, where the data begin
 * @param metadata texts by name
 * @param entries the tensors, in the order of the data
 */
record SafeTensorsHeader(int end, Map<String, String> metadata, List<TensorEntry> entries) {

  static final String METADATA = "__metadata__";

  /** The reference implementation's limit. */
  private static final int MOST_HEADER_BYTES = 100_000_000;

  private static final String DAMAGED = "the file is truncated or damaged: copy it again";
  private static final String INVALID = "write the file again with safetensors' save_file";

  private static final String PYTORCH =
      "is a file of torch.save, not of safetensors; convert it in Python: 'from safetensors.torch"
          + " import save_file', then 'save_file(torch.load(\"IN\", map_location=\"cpu\"),"
          + " \"OUT.safetensors\")'";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * A tensor of a file.
   *
   * @param begin of its bytes in the data
   * @param end of its bytes in the data, exclusive
   */
  record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {

    String offsets() {
      return "[%s, %s]".formatted(begin, end);
    }
  }

  /**
   * Reads the header of a file.
   *
   * @param place what messages begin with
   * @param bytes the whole file
   */
  static SafeTensorsHeader of(String place, byte[] bytes) throws MalformedFileException {
    int end = Long.BYTES + length(place, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    JsonNode json;
    try {
      json = JSON.readTree(bytes, Long.BYTES, end - Long.BYTES);
    } catch (IOException e) {
      throw malformed(place, "header is not valid JSON: %s; %s", SafeFiles.reason(e), INVALID);
    }
    int data = bytes.length - end;
    Map<String, String> metadata = new LinkedHashMap<>();
    List<TensorEntry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (field.getKey().equals(METADATA)) {
        addTexts(place, field.getValue(), metadata);
      } else {
        entries.add(entry(place, field.getKey(), field.getValue(), data));
      }
    }
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    requireCovered(place, entries, data);
    return new SafeTensorsHeader(end, metadata, entries);
  }

  private static int length(String place, ByteBuffer content) throws MalformedFileException {
    int bytes = content.capacity();
    if (bytes < Long.BYTES) {
      throw malformed(
          place, "has %s bytes, fewer than the 8 of a header's length; %s", bytes, DAMAGED);
    }
    long length = content.getLong(0);
    int most = bytes - Long.BYTES;
    boolean plausible = length > 0 && length <= most && content.get(Long.BYTES) == '{';
    boolean zip = content.get(0) == 'P' && content.get(1) == 'K';
    boolean pickle = content.get(0) == (byte) 0x80 && content.get(1) == 2;
    if (!plausible && (zip || pickle)) {
      throw malformed(place, PYTORCH);
    }
    if (length < 0 || length > MOST_HEADER_BYTES) {
      throw malformed(
          place,
          "header length (%s) is more than %s: not a file in the safetensors format; %s",
          Long.toUnsignedString(length),
          MOST_HEADER_BYTES,
          INVALID);
    }
    if (length > most) {
      throw malformed(
          place,
          "header length (%s) is more than the %s bytes that follow; %s",
          length,
          most,
          DAMAGED);
    }
    if (!plausible) {
      throw malformed(place, "header does not begin with '{'; %s", INVALID);
    }
    return (int) length;
  }

  private static void addTexts(String place, JsonNode texts, Map<String, String> metadata)
      throws MalformedFileException {
    for (Map.Entry<String, JsonNode> text : texts.properties()) {
      if (text.getValue().isTextual()) {
        metadata.put(text.getKey(), text.getValue().textValue());
      }
    }
    if (!texts.isObject() || metadata.size() < texts.size()) {
      throw malformed(place, "%s (%s) must map names to texts; %s", METADATA, texts, INVALID);
    }
  }

  private static TensorEntry entry(String place, String name, JsonNode json, int data)
      throws MalformedFileException {
    ElementType type = ElementType.named(json.path("dtype").asText());
    if (type == null) {
      throw malformed(
          place,
          "tensor '%s': dtype (%s) is not supported, only %s; convert it, as by x.float() in PyTorch",
          name,
          json.path("dtype"),
          List.of(ElementType.values()));
    }
    List<Long> shape = numbers(place, name, "shape", json);
    List<Long> offsets = numbers(place, name, "data_offsets", json);
    if (offsets.size() != 2) {
      throw malformed(
          place, "tensor '%s': data_offsets (%s) must be two numbers; %s", name, offsets, INVALID);
    }
    TensorEntry entry = new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
    if (entry.begin() > entry.end()) {
      throw malformed(
          place,
          "tensor '%s': data_offsets %s end before they begin; %s",
          name,
          entry.offsets(),
          INVALID);
    }
    if (entry.end() > data) {
      throw malformed(
          place,
          "tensor '%s': data_offsets %s exceed the %s bytes of data; %s",
          name,
          entry.offsets(),
          data,
          DAMAGED);
    }
    long bytes = type.bytes;
    try {
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
    } catch (ArithmeticException e) {
      throw malformed(
          place,
          "tensor '%s': shape %s holds more than 2^63 bytes of %s; %s",
          name,
          shape,
          type,
          INVALID);
    }
    if (bytes != entry.end() - entry.begin()) {
      throw malformed(
          place,
          "tensor '%s': shape %s of %s takes %s bytes; data_offsets %s hold %s; %s",
          name,
          shape,
          type,
          bytes,
          entry.offsets(),
          entry.end() - entry.begin(),
          INVALID);
    }
    return entry;
  }

  private static List<Long> numbers(String place, String name, String key, JsonNode json)
      throws MalformedFileException {
    JsonNode array = json.path(key);
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      if (number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0) {
        numbers.add(number.longValue());
      }
    }
    if (!array.isArray() || numbers.size() < array.size()) {
      throw malformed(
          place,
          "tensor '%s': %s (%s) must be whole numbers from 0 to 2^63 - 1; %s",
          name,
          key,
          array.isMissingNode() ? "missing" : array,
          INVALID);
    }
    return List.copyOf(numbers);
  }

  private static void requireCovered(String place, List<TensorEntry> inOrder, int data)
      throws MalformedFileException {
    long covered = 0;
    String before = "";
    for (TensorEntry entry : inOrder) {
      if (entry.begin() < covered) {
        throw malformed(
            place,
            "tensor '%s': data_offsets %s overlap those of '%s', which end at %s; %s",
            entry.name(),
            entry.offsets(),
            before,
            covered,
            INVALID);
      }
      requireNoGap(place, covered, entry.begin());
      covered = entry.end();
      before = entry.name();
    }
    requireNoGap(place, covered, data);
  }

  private static void requireNoGap(String place, long from, long to) throws MalformedFileException {
    if (from < to) {
      throw malformed(
          place, "bytes %s to %s of the data belong to no tensor; %s", from, to, INVALID);
    }
  }

  static MalformedFileException malformed(String place, String found, Object... values) {
    String message = String.format(Locale.ROOT, found, values);
    return new MalformedFileException("%s: %s".formatted(place, printable(message)));
  }

  /** On one line: a file from elsewhere may have names of any characters. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}|\\R", " ");
  }
}
