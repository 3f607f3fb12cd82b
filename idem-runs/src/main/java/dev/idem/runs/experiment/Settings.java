package dev.idem.runs.experiment;

import dev.idem.models.storage.FileCard;
import dev.idem.runs.experiment.Problems.Place;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The effective values of an experiment by path, in the order of the vocabulary, each with its
 * origin. Two are equal if their values are, wherever these come from.
 */
public final class Settings {

  private static final int COMMENT_COLUMN = 44;

  private final Place start;
  private final Vocabulary vocabulary;
  private final Map<String, Value> own;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Set<String> unusable = new HashSet<>();

  /**
   * A value as {@link Kind} says, or a list of those; the place of its key, or the source of a
   * default; the place of the value.
   */
  record Value(Key key, Object value, Place place, Place at) {}

  /**
   * No values yet; {@code own} is what the experiment itself says, rather than its preset, and what
   * is missing is missing at its start.
   */
  Settings(Place start, Vocabulary vocabulary, Map<String, Value> own) {
    this.start = start;
    this.vocabulary = vocabulary;
    this.own = own;
  }

  void put(Value value) {
    values.put(value.key().path(), value);
  }

  /** Notes that a key's value is missing or was refused, which has been reported. */
  void putUnusable(String path) {
    unusable.add(path);
  }

  /** The dotted paths of the keys that have a value, sections together. */
  public List<String> paths() {
    return List.copyOf(values.keySet());
  }

  /**
   * The value of a key: a {@link Double}, {@link Long}, {@link Boolean}, {@link String}, or a list
   * of those; empty if it has none.
   */
  public Optional<Object> value(String path) {
    return find(path).map(Value::value);
  }

  /**
   * Where the value of a key comes from: {@code my.yaml:12:5}, {@code presets/quick.yaml:4:3},
   * {@code --set ...} or {@code default}; empty if it has none.
   */
  public Optional<String> origin(String path) {
    return find(path).map(value -> value.place().toString());
  }

  Optional<Value> find(String path) {
    return Optional.ofNullable(values.get(path));
  }

  boolean has(String path) {
    return values.containsKey(path);
  }

  Optional<String> text(String path) {
    return value(path).map(String.class::cast);
  }

  OptionalLong integer(String path) {
    return value(path).stream().mapToLong(Long.class::cast).findFirst();
  }

  /** The place of the first of these values that the experiment itself sets; else its start. */
  Place blame(String... paths) {
    return Arrays.stream(paths)
        .flatMap(path -> Optional.ofNullable(own.get(path)).stream())
        .map(Value::at)
        .findFirst()
        .orElse(start);
  }

  /**
   * A section as its record; empty if one of its values is missing or was refused, which has been
   * reported. Of a key that does not apply the record receives the default.
   */
  <R extends Record> Optional<R> section(String path, Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String own = path + "." + components[i].getName();
      Optional<?> argument =
          components[i].getType().isRecord()
              ? section(own, components[i].getType().asSubclass(Record.class))
              : argument(own, components[i].getGenericType());
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments[i] = argument.get();
    }
    try {
      return Optional.of(canonical(type).newInstance(arguments));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("section " + path, e);
    }
  }

  private Optional<Object> argument(String path, Type type) {
    return unusable.contains(path)
        ? Optional.empty()
        : Optional.of(
            converted(
                value(path).or(() -> vocabulary.find(path).flatMap(Key::fixedDefault)), type));
  }

  /** A value of a file as one of a component's type, which must be optional if there is none. */
  static Object converted(Optional<?> value, Type type) {
    if (type == OptionalDouble.class) {
      return value.stream().mapToDouble(Double.class::cast).findFirst();
    }
    if (type == OptionalLong.class) {
      return value.stream().mapToLong(Long.class::cast).findFirst();
    }
    if (type instanceof ParameterizedType generic) {
      Type item = generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class
          ? value.map(one -> converted(Optional.of(one), item))
          : ((List<?>) value.orElseThrow())
              .stream().map(one -> converted(Optional.of(one), item)).toList();
    }
    Object present = value.orElseThrow();
    if (type == int.class) {
      return Math.toIntExact((Long) present);
    }
    return ((Class<?>) type).isEnum()
        ? Arrays.stream(((Class<?>) type).getEnumConstants())
            .filter(constant -> Kind.label((Enum<?>) constant).equals(present))
            .findFirst()
            .orElseThrow()
        : present;
  }

  /** The constructor of a record that takes all its components. */
  static <R> Constructor<R> canonical(Class<R> type) throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }

  /** An experiment file that says all of this, each value with its origin as a comment. */
  public String print() {
    StringBuilder out = new StringBuilder();
    List<String> open = List.of();
    for (Value value : values.values()) {
      List<String> segments = value.key().segments();
      List<String> sections = segments.subList(0, segments.size() - 1);
      int shared = 0;
      while (shared < Math.min(open.size(), sections.size())
          && open.get(shared).equals(sections.get(shared))) {
        shared++;
      }
      for (int i = shared; i < sections.size(); i++) {
        out.append("  ".repeat(i)).append(sections.get(i)).append(":\n");
      }
      open = sections;
      String line =
          "  ".repeat(sections.size())
              + segments.get(sections.size())
              + ": "
              + Kind.written(value.value());
      out.append(line)
          .append(" ".repeat(Math.max(2, COMMENT_COLUMN - line.length())))
          .append("# ")
          .append(value.place().toString().replaceAll("[^\\x20-\\x7e]", "?"))
          .append('\n');
    }
    return out.toString();
  }

  /**
   * SHA-256, in hexadecimal, of all that decides the numbers of the run from that seed, whatever
   * other seeds there are, and which files and columns hold them: not of the folder, checkpoints
   * and device. Data count by their name.
   */
  public String fingerprint(long seed) {
    Map<String, String> lines = deciding();
    lines.put(ExperimentFile.SEEDS, Kind.written(List.of(seed)));
    String text =
        lines.entrySet().stream()
            .map(line -> line.getKey() + "=" + line.getValue() + "\n")
            .collect(Collectors.joining());
    return FileCard.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }

  /** What the fingerprint is of but the run's seed, as it is written in files, by key. */
  public Map<String, String> deciding() {
    Map<String, String> deciding = new TreeMap<>();
    for (Value value : values.values()) {
      if (value.key().decides(value.value())) {
        deciding.put(value.key().path(), Kind.written(value.value()));
      }
    }
    return deciding;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && byPath().equals(that.byPath());
  }

  @Override
  public int hashCode() {
    return byPath().hashCode();
  }

  private Map<String, Object> byPath() {
    Map<String, Object> byPath = new TreeMap<>();
    values.forEach((path, value) -> byPath.put(path, value.value()));
    return byPath;
  }

  @Override
  public String toString() {
    return byPath().toString();
  }
}
