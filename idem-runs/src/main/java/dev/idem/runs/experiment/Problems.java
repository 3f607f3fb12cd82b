package dev.idem.runs.experiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All errors found, so that they can be reported together. */
final class Problems {

  private static final int SHOWN = 80;

  private final Set<String> found = new LinkedHashSet<>();

  /** Notes one; {@code message} is one line. */
  void add(Place place, String message) {
    found.add(place + ": " + message);
  }

  /**
   * The result of {@code values}; nothing, and a problem at {@code place}, if it refuses; nothing
   * if it depends on a value that is itself a problem.
   */
  <V> Optional<V> attempt(Place place, Supplier<V> values) {
    try {
      return Optional.of(values.get());
    } catch (IllegalArgumentException | ArithmeticException e) {
      add(place, shown(String.valueOf(e.getMessage()), Integer.MAX_VALUE));
      return Optional.empty();
    } catch (Values.UnsetException e) {
      if (none()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  /** Throws if there is any. */
  void throwIfAny() {
    if (!none()) {
      List<String> lines = new ArrayList<>(found);
      throw new ExperimentException(lines);
    }
  }

  /** Text from a file, fit for a line of a message. */
  static String shown(String text) {
    return shown(text, SHOWN);
  }

  private static String shown(String text, int most) {
    String line = text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}", "?");
    return line.length() <= most ? line : line.substring(0, most) + "...";
  }
}
