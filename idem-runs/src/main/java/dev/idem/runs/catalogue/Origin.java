package dev.idem.runs.catalogue;

/** Where an entry of a catalogue comes from. */
public interface Origin {

  /** What idem brings itself. */
  Origin IDEM = () -> "idem";

  /** Its name in listings and messages, on one line. */
  String label();

  /** Whether somebody else wrote it. */
  default boolean isPlugin() {
    return this != IDEM;
  }

  /**
   * A failure of something that comes from here.
   *
   * @param part what failed, such as {@code listener 'own'}
   */
  default RuntimeException failure(String part, Throwable cause) {
    return new IllegalStateException("%s of %s: %s".formatted(part, label(), cause), cause);
  }
}
