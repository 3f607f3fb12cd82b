package dev.idem.runs.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of an experiment file: all that is known of it.
 *
 * @param path dotted: sections, then the name
 * @param kind of its value, or of each item of it
 * @param list whether it takes several
 * @param description a sentence for a reader
 * @param range of a number
 * @param choices of a {@link Kind#CHOICE}
 * @param whens any of which must hold for the key to apply; none if it always does
 * @param fallback what it is where nothing is said
 * @param required whether something must be said where it applies
 * @param rival a key that says the same in other words: of the two, the later layer's counts
 * @param deciding whether it decides a run's numbers or which files and columns hold them, so that
 *     a run that has begun keeps it
 */
record Key(
    String path,
    Kind kind,
    boolean list,
    String description,
    Optional<Range> range,
    List<String> choices,
    List<When> whens,
    Function<Values, Optional<Fallback>> fallback,
    boolean required,
    Optional<String> rival,
    boolean deciding) {

  /**
   * What a key is where nothing is said.
   *
   * @param value of the key's kind
   * @param origin such as {@code default of ign-mnist}
   */
  record Fallback(Object value, String origin) {
    /** Nobody chose it. */
    static Optional<Fallback> of(Object value) {
      return Optional.of(new Fallback(value, "default"));
    }
  }

  Key {
    choices = List.copyOf(choices);
    whens = List.copyOf(whens);
  }

  static Builder number(String path, String description) {
    return new Builder(path, Kind.NUMBER, description);
  }

  static Builder integer(String path, String description) {
    return new Builder(path, Kind.INTEGER, description);
  }

  static Builder text(String path, String description) {
    return new Builder(path, Kind.TEXT, description);
  }

  static Builder flag(String path, String description) {
    return new Builder(path, Kind.FLAG, description).otherwise(false);
  }

  static Builder choice(String path, List<String> choices, String description) {
    Builder builder = new Builder(path, Kind.CHOICE, description);
    builder.choices = choices;
    return builder;
  }

  /** The sections and the key's own name, outermost first. */
  List<String> segments() {
    return List.of(path.split("\\.", -1));
  }

  /** What a value must be, after "must be". */
  String rule() {
    return kind == Kind.CHOICE ? String.join(", ", choices) : kind.rule();
  }

  /** Says what a key is, bit by bit. */
  static final class Builder {
    private final String path;
    private final Kind kind;
    private final String description;
    private boolean list;
    private Optional<Range> range = Optional.empty();
    private List<String> choices = List.of();
    private final List<When> whens = new ArrayList<>();
    private Function<Values, Optional<Fallback>> fallback = values -> Optional.empty();
    private boolean required;
    private Optional<String> rival = Optional.empty();
    private boolean deciding = true;

    private Builder(String path, Kind kind, String description) {
      this.path = path;
      this.kind = kind;
      this.description = description;
    }

    Builder list() {
      list = true;
      return this;
    }

    Builder in(Range allowed) {
      range = Optional.of(allowed);
      return this;
    }

    Builder positive() {
      return in(Range.positive());
    }

    /** Applies also if this holds. */
    Builder when(When condition) {
      whens.add(condition);
      return this;
    }

    Builder otherwise(Object value) {
      return otherwise(values -> Fallback.of(value));
    }

    Builder otherwise(Function<Values, Optional<Fallback>> value) {
      fallback = value;
      return this;
    }

    Builder required() {
      required = true;
      return this;
    }

    Builder insteadOf(String other) {
      rival = Optional.of(other);
      return this;
    }

    /** Changes no number of a run and no column of its files. */
    Builder aside() {
      deciding = false;
      return this;
    }

    Key build() {
      return new Key(
          path,
          kind,
          list,
          description,
          range,
          choices,
          whens,
          fallback,
          required,
          rival,
          deciding);
    }
  }
}
