package dev.idem.runs.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Implementations by name: idem's own, then those of plug-ins.
 *
 * @param <V> what is catalogued
 */
public final class Catalogue<V> {

  private final String kind;
  private final Map<String, Entry<V>> entries = new LinkedHashMap<>();

  /**
   * A catalogue.
   *
   * @param kind what an entry is called, such as {@code strategy}
   * @param own what idem has bound
   * @param contributed by plug-ins, under names that idem does not have
   */
  public Catalogue(
      String kind, Map<String, ? extends Supplier<V>> own, List<Entry<V>> contributed) {
    this.kind = kind;
    own.forEach((name, supplier) -> entries.put(name, new Entry<>(name, Origin.IDEM, supplier)));
    contributed.forEach(entry -> entries.put(entry.name(), entry));
  }

  /** The names, in the order they were bound. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** The names of what plug-ins contribute, in order. */
  public List<String> contributed() {
    return names().stream().filter(name -> origin(name).isPlugin()).toList();
  }

  /**
   * The implementation of that name.
   *
   * @throws UnknownNameException with the list and the closest name, if there is none
   */
  public V get(String name) {
    return entry(name).supplier().get();
  }

  /**
   * Where the implementation of that name comes from.
   *
   * @throws UnknownNameException as {@link #get}
   */
  public Origin origin(String name) {
    return entry(name).origin();
  }

  private Entry<V> entry(String name) {
    Entry<V> entry = entries.get(name);
    if (entry == null) {
      throw new UnknownNameException(Suggestions.unknown(kind, name, names()));
    }
    return entry;
  }
}
