package dev.idem.runs.catalogue;

import dev.idem.api.check.Suggestions;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Implementations by name: idem's own, then those of plug-ins. */
public final class Catalogue<V> {

  private final String kind;
  private final Map<String, Entry<V>> entries = new LinkedHashMap<>();

  /** An implementation under its name; the supplier creates it, or returns the only one. */
  public record Entry<V>(String name, Origin origin, Supplier<V> supplier) {}

  /** Where an entry comes from. */
  public interface Origin {

    /** What idem brings itself. */
    Origin IDEM = () -> "idem";

    /** Its name in listings and messages, on one line. */
    String label();

    /** Whether somebody else wrote it. */
    default boolean isPlugin() {
      return this != IDEM;
    }

    /** A failure of a part that comes from here, such as {@code listener 'own'}. */
    default RuntimeException failure(String part, Throwable cause) {
      return new IllegalStateException("%s of %s: %s".formatted(part, label(), cause), cause);
    }
  }

  /** A name that nothing is bound to; the message lists what is. */
  public static final class UnknownNameException extends IllegalArgumentException {

    @Serial private static final long serialVersionUID = 1;

    /** With a message for the user. */
    public UnknownNameException(String message) {
      super(message);
    }
  }

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

  /** Where the implementation of that name comes from; fails as {@link #get}. */
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

  /** Suppliers of these very values, in their order. */
  public static <V> Map<String, Supplier<V>> suppliers(Map<String, V> values) {
    Map<String, Supplier<V>> suppliers = new LinkedHashMap<>();
    values.forEach((name, value) -> suppliers.put(name, () -> value));
    return suppliers;
  }
}
