package dev.idem.runs.experiment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Settings by path, while they are put together; in the order of the vocabulary at the end. */
final class Values {

  private final Map<String, Setting> settings = new LinkedHashMap<>();

  void put(Setting setting) {
    settings.put(setting.key().path(), setting);
  }

  void remove(String path) {
    settings.remove(path);
  }

  Optional<Setting> setting(String path) {
    return Optional.ofNullable(settings.get(path));
  }

  Collection<Setting> all() {
    return settings.values();
  }

  boolean has(String path) {
    return settings.containsKey(path);
  }

  Optional<Object> value(String path) {
    return setting(path).map(Setting::value);
  }

  Optional<String> text(String path) {
    return value(path).map(String.class::cast);
  }

  /** The text of a key that has one. */
  String textOf(String path) {
    return text(path).orElseThrow(() -> unset(path));
  }

  OptionalDouble number(String path) {
    Object value = value(path).orElse(null);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
  }

  /** The number of a key that has one. */
  double numberOf(String path) {
    return number(path).orElseThrow(() -> unset(path));
  }

  OptionalLong integer(String path) {
    Object value = value(path).orElse(null);
    return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
  }

  /** The whole number of a key that has one. */
  long integerOf(String path) {
    return integer(path).orElseThrow(() -> unset(path));
  }

  boolean flag(String path) {
    return value(path).map(Boolean.class::cast).orElse(false);
  }

  List<Long> integers(String path) {
    return items(path).stream().map(Long.class::cast).toList();
  }

  List<String> texts(String path) {
    return items(path).stream().map(String.class::cast).toList();
  }

  private List<?> items(String path) {
    return value(path).<List<?>>map(value -> (List<?>) value).orElse(List.of());
  }

  private static UnsetException unset(String path) {
    return new UnsetException(path + " has neither a value nor a default");
  }

  /** A required value is absent: it was missing, or could not be read. */
  static final class UnsetException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    UnsetException(String message) {
      super(message);
    }
  }
}
