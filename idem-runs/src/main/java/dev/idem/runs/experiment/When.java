package dev.idem.runs.experiment;

import java.util.List;
import java.util.function.Predicate;

/**
 * A condition on another key, which is declared earlier.
 *
 * @param path of the other key
 * @param wording what it must be, after "is for"
 * @param test of the other key's value
 */
record When(String path, String wording, Predicate<Object> test) {

  /** The other key has one of these values. */
  static When is(String path, List<String> values) {
    return new When(path, path + " " + String.join(", ", values), values::contains);
  }

  /** The other key has this value. */
  static When is(String path, String value) {
    return is(path, List.of(value));
  }

  /** The other key is given. */
  static When given(String path) {
    return new When(path, path, value -> true);
  }
}
