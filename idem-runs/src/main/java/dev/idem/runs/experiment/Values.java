package dev.idem.runs.experiment;

import dev.idem.runs.experiment.Problems.Place;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The effective values of an experiment by path, in the order of the vocabulary. */
final class Values {

  private final Place start;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /** Defaults of keys that do not apply. */
  private final Map<String, Object> unused = new HashMap<>();

  private final Set<String> unusable = new HashSet<>();
  private final Map<String, Place> chosen = new HashMap<>();

  /**
   * A key's value and where it comes from.
   *
   * @param value as {@link Kind} says, or a list of those
   * @param place of the key; the source alone for a default
   * @param at place of the value
   */
  record Value(Key key, Object value, Place place, Place at) {}

  /**
   * No values yet.
   *
   * @param start of the file, where what is missing is missing
   */
  Values(Place start) {
    this.start = start;
  }

  void put(Value value) {
    values.put(value.key().path(), value);
  }

  /** Notes that a key does not apply; records that have it receive its default all the same. */
  void putUnused(String path, Object standard) {
    unused.put(path, standard);
  }

  /** Notes that a key's value is missing or was refused, which has been reported. */
  void putUnusable(String path) {
    unusable.add(path);
  }

  /** Notes that the experiment sets a key, rather than its preset. */
  void putChosen(String path, Place at) {
    chosen.put(path, at);
  }

  Collection<Value> all() {
    return values.values();
  }

  Optional<Value> find(String path) {
    return Optional.ofNullable(values.get(path));
  }

  boolean has(String path) {
    return values.containsKey(path);
  }

  Optional<Object> value(String path) {
    return find(path).map(Value::value);
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
        .filter(chosen::containsKey)
        .map(chosen::get)
        .findFirst()
        .orElse(start);
  }

  /**
   * A section as its record; empty if one of its values is missing or was refused, which has been
   * reported.
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
    Optional<Object> value = value(path).or(() -> Optional.ofNullable(unused.get(path)));
    return unusable.contains(path) ? Optional.empty() : Optional.of(converted(value, type));
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
    return ((Class<?>) type).isEnum() ? constant((Class<?>) type, present) : present;
  }

  private static Object constant(Class<?> type, Object label) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> Kind.label((Enum<?>) constant).equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** The constructor of a record that takes all its components. */
  static <R> Constructor<R> canonical(Class<R> type) throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }
}
