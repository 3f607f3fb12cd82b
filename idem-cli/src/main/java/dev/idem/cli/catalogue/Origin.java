package dev.idem.cli.catalogue;

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
}
