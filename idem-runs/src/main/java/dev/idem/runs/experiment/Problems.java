package dev.idem.runs.experiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All errors found, so that they can be reported together. */
final class Problems {

  private static final int SHOWN = 80;

  private final Set<String> found = new LinkedHashSet<>();

  /**
   * Where something was said: in a file, a preset or {@code --set}; lines and columns are from 1,
   * and 0 where there are none.
   */
  record Place(String source, int line, int column) {

    /** A place with no lines. */
    static Place of(String source) {
      return new Place(source, 0, 0);
    }

    /** {@code file:line:column}, or the source alone. */
    @Override
    public String toString() {
      return line == 0 ? source : source + ":" + line + ":" + column;
    }
  }

  /** Notes one; {@code message} is one line. */
  void add(Place place, String message) {
    found.add(place + ": " + message);
  }

  /** The result of {@code values}; nothing, and a problem at {@code place}, if it refuses. */
  <V> Optional<V> attempt(Place place, Supplier<V> values) {
    try {
      return Optional.of(values.get());
    } catch (IllegalArgumentException | ArithmeticException e) {
      add(place, line(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  void addAll(Problems others) {
    found.addAll(others.found);
  }

  int size() {
    return found.size();
  }

  boolean none() {
    return found.isEmpty();
  }

  void throwIfAny() {
    if (!none()) {
      throw new ExperimentException(new ArrayList<>(found));
    }
  }

  /** Text from a file, fit for a line of a message. */
  static String shown(String text) {
    String line = line(text);
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }

  private static String line(String text) {
    return text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
