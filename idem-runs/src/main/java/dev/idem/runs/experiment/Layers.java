package dev.idem.runs.experiment;

import dev.idem.api.check.Suggestions;
import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Settings.Value;
import dev.idem.runs.experiment.Yaml.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layers of an experiment: the preset, the file, the command line. What each says is checked
 * against the vocabulary; then the last wins, and defaults fill in the rest.
 */
final class Layers {

  private static final int MOST_ITEMS = 1_000;

  private final Vocabulary vocabulary;
  private final Problems problems;

  /** What the file and the command line say, the last for each key. */
  private final Map<String, Value> own = new LinkedHashMap<>();

  /** The paths of what they say that could not be read. */
  private final Set<String> failed = new HashSet<>();

  /** What these say, and before them the preset. */
  private final Map<String, Value> said = new HashMap<>();

  /** The values of one file, or of the command line, and the paths of those that were refused. */
  private record Layer(Map<String, Value> values, Set<String> failed) {

    Layer() {
      this(new LinkedHashMap<>(), new HashSet<>());
    }

    boolean mentions(String path) {
      return values.containsKey(path) || failed.contains(path);
    }

    void lay(Map<String, Value> upon) {
      for (Value value : values.values()) {
        value.key().rival().ifPresent(upon::remove);
        upon.put(value.key().path(), value);
      }
    }
  }

  Layers(Vocabulary vocabulary, Problems problems) {
    this.vocabulary = vocabulary;
    this.problems = problems;
  }

  /** Adds what was written; the last for each key counts. */
  void add(Collection<Yaml.Entry> entries) {
    Layer layer = read(entries, problems);
    layer.lay(own);
    failed.addAll(layer.failed);
  }

  private Layer read(Collection<Yaml.Entry> entries, Problems wrong) {
    Layer layer = new Layer();
    Set<String> unknown = new HashSet<>(); // Each message once: all keys of a range get one.
    for (Yaml.Entry entry : entries) {
      Optional<Key> known = vocabulary.find(entry.path());
      if (known.isPresent()) {
        Key key = known.get();
        if (key.rival().filter(layer::mentions).isPresent()) {
          wrong.add(
              entry.place(),
              "%s and %s exclude one another; keep one"
                  .formatted(key.path(), key.rival().orElseThrow()));
        }
        value(key, entry, wrong)
            .ifPresentOrElse(
                value ->
                    layer.values.put(key.path(), new Value(key, value, entry.place(), entry.at())),
                () -> layer.failed.add(key.path()));
      } else if (!entry.missing() || !vocabulary.isSection(entry.path())) {
        String message = vocabulary.unknown(entry.path());
        if (unknown.add(message)) {
          wrong.add(entry.place(), message);
        }
      }
    }
    return layer;
  }

  private static Optional<Object> value(Key key, Yaml.Entry entry, Problems problems) {
    if (entry.missing()) {
      problems.add(entry.place(), key.path() + " has no value; write one or remove the key");
      return Optional.empty();
    }
    if (entry.list() && !key.list()) {
      problems.add(
          entry.at(),
          key.path() + " takes one value, not a list; a list of values is for 'idem sweep'");
      return Optional.empty();
    }
    if (entry.items().size() > MOST_ITEMS) {
      problems.add(entry.at(), "%s has more than %s items".formatted(key.path(), MOST_ITEMS));
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (Item item : entry.items()) {
      item(key, item, problems).ifPresent(values::add);
    }
    return values.size() < entry.items().size()
        ? Optional.empty()
        : Optional.of(key.list() ? List.copyOf(values) : values.get(0));
  }

  private static Optional<Object> item(Key key, Item item, Problems problems) {
    String text = Problems.shown(item.text());
    Object value;
    try {
      value = key.kind().parse(item.text());
    } catch (IllegalArgumentException | ArithmeticException e) {
      String hint =
          e instanceof ArithmeticException || e.getMessage() == null ? "" : "; " + e.getMessage();
      problems.add(
          item.place(), "%s ('%s') must be %s%s".formatted(key.path(), text, key.rule(), hint));
      return Optional.empty();
    }
    if (key.kind() == Kind.CHOICE && !key.choices().contains(item.text())) {
      problems.add(item.place(), Suggestions.unknown(key.path(), text, key.choices()));
      return Optional.empty();
    }
    Optional<Key.Range> left =
        value instanceof Number number
            ? key.range().filter(range -> !range.contains(number.doubleValue()))
            : Optional.empty();
    left.ifPresent(
        range ->
            problems.add(
                item.place(), "%s (%s) must be %s".formatted(key.path(), text, range.rule())));
    return left.isPresent() ? Optional.empty() : Optional.of(value);
  }

  /** The values of every key that applies; what is missing is missing at the start of the file. */
  Settings resolve(Place start) {
    addPreset();
    return settled(start);
  }

  /** As {@link #resolve}, of keys that have no preset. */
  Settings settled(Place start) {
    new Layer(own, failed).lay(said);
    Settings result = new Settings(start, vocabulary, own);
    vocabulary.keys().forEach(key -> settle(key, result));
    return result;
  }

  private void settle(Key key, Settings result) {
    Optional<Value> value = Optional.ofNullable(said.get(key.path()));
    if (applies(key, result)) {
      value
          .or(() -> standard(key, result))
          .ifPresentOrElse(result::put, () -> missing(key, result));
    } else if (own.containsKey(key.path())) {
      problems.add(value.orElseThrow().place(), outOfPlace(key, result));
    }
  }

  private boolean applies(Key key, Settings result) {
    return key.whens().isEmpty()
        || key.whens().stream()
            .anyMatch(
                when ->
                    failed.contains(when.path())
                        || result.value(when.path()).filter(when::holds).isPresent());
  }

  private Optional<Value> standard(Key key, Settings result) {
    boolean saidOtherwise =
        key.rival()
            .filter(other -> said.containsKey(other) || result.has(other) || failed.contains(other))
            .isPresent();
    return saidOtherwise || failed.contains(key.path())
        ? Optional.empty()
        : key.defaultFrom(result)
            .map(
                standard -> {
                  Place origin = Place.of(standard.origin());
                  return new Value(key, standard.value(), origin, origin);
                });
  }

  private void missing(Key key, Settings result) {
    boolean refused = failed.contains(key.path());
    boolean rivalSaid = key.rival().filter(said::containsKey).isPresent();
    if ((refused || key.required()) && !rivalSaid) {
      result.putUnusable(key.path());
    }
    boolean undecided =
        refused
            || rivalSaid
            || key.rival().filter(failed::contains).isPresent()
            || key.whens().stream().anyMatch(when -> failed.contains(when.path()));
    if (key.required() && !undecided) {
      problems.add(
          result.blame(),
          "%s is missing%s: %s"
              .formatted(
                  key.path(),
                  key.rival().map(other -> " (or " + other + ")").orElse(""),
                  key.choices().isEmpty()
                      ? key.help()
                      : "one of " + String.join(", ", key.choices())));
    }
  }

  private String outOfPlace(Key key, Settings result) {
    String found =
        key.whens().stream()
            .map(Key.When::path)
            .distinct()
            .filter(result::has)
            .map(path -> path + " is " + Kind.written(result.value(path).orElseThrow()))
            .collect(Collectors.joining(", "));
    return "%s is for %s%s%s"
        .formatted(
            key.path(),
            key.conditions(),
            found.isEmpty() ? "" : "; here " + found,
            vocabulary.takenBesides(key).map(taken -> ", which takes " + taken).orElse(""));
  }

  /** Adds the preset that the file or the command line names, or the usual one. */
  private void addPreset() {
    for (List<Yaml.Entry> file : Presets.of(path -> Optional.ofNullable(own.get(path)))) {
      Problems wrong = new Problems();
      read(file, wrong).lay(said);
      wrong.throwIfAny();
    }
  }
}
