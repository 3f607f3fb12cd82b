package dev.idem.cli.catalogue;

import com.google.inject.Provider;
import java.util.List;
import java.util.Map;

/**
 * Implementations by name.
 *
 * @param <V> what is catalogued
 */
public final class Catalogue<V> {

  private final String kind;
  private final Map<String, Provider<V>> entries;

  /**
   * A catalogue of bound implementations.
   *
   * @param kind what an entry is called, such as {@code strategy}
   */
  public Catalogue(String kind, Map<String, Provider<V>> entries) {
    this.kind = kind;
    this.entries = entries;
  }

  /** The names, in the order they were bound. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /**
   * The implementation of that name.
   *
   * @throws UnknownNameException with the list and the closest name, if there is none
   */
  public V get(String name) {
    Provider<V> provider = entries.get(name);
    if (provider == null) {
      throw new UnknownNameException(Suggestions.unknown(kind, name, names()));
    }
    return provider.get();
  }
}
