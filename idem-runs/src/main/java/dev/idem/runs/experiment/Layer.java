package dev.idem.runs.experiment;

import dev.idem.api.check.Suggestions;
import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Values.Value;
import dev.idem.runs.experiment.Yaml.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of one file, or of the command line, each of the right kind.
 *
 * @param values those that could be read, by path
 * @param failed the paths of those that could not
 */
record Layer(Map<String, Value> values, Set<String> failed) {

  private static final int MOST_ITEMS = 1_000;
  private static final Place SET = Place.of("--set");

  /** Checks what was written against the vocabulary. */
  static Layer of(Collection<Yaml.Entry> entries, Vocabulary vocabulary, Problems problems) {
    Layer layer = new Layer(new LinkedHashMap<>(), new HashSet<>());
    for (Yaml.Entry entry : entries) {
      Optional<Key> known = vocabulary.find(entry.path());
      if (known.isPresent()) {
        layer.add(known.get(), entry, problems);
      } else if (!entry.missing() || !vocabulary.isSection(entry.path())) {
        problems.add(entry.place(), vocabulary.unknown(entry.path()));
      }
    }
    return layer;
  }

  /**
   * What {@code --set a.b=c} says, a list being {@code a.b=1,2,3} or {@code a.b=[1, 2, 3]}; the
   * last for each key counts.
   */
  static Layer ofOverrides(List<String> texts, Vocabulary vocabulary, Problems problems) {
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    for (String text : texts) {
      String shown = Problems.shown(text);
      String path = pathOf(text);
      String value = valueOf(text);
      if (path.isEmpty()) {
        problems.add(SET, "'%s' must be KEY=VALUE, as in plan.steps=500".formatted(shown));
      } else if (value.isEmpty() && vocabulary.find(path).isEmpty()) {
        problems.add(
            SET,
            "'%s' sets nothing; name a key and its value, as in plan.steps=500".formatted(shown));
      } else {
        entries.remove(path);
        entries.put(path, entry(path, SET, value, Place.of("--set " + shown), vocabulary));
      }
    }
    return of(entries.values(), vocabulary, problems);
  }

  /** What options say that stand for a key, each in its own name. */
  static Layer ofFlags(List<Experiments.Flag> flags, Vocabulary vocabulary, Problems problems) {
    List<Yaml.Entry> entries = new ArrayList<>();
    for (Experiments.Flag flag : flags) {
      Place place = Place.of(flag.name());
      entries.add(entry(flag.key(), place, flag.value().strip(), place, vocabulary));
    }
    return of(entries, vocabulary, problems);
  }

  /** Puts what {@code KEY=VALUE} says, if the text is of that form. */
  static void put(String override, Map<String, String> said) {
    if (!pathOf(override).isEmpty()) {
      said.put(pathOf(override), valueOf(override));
    }
  }

  private static String pathOf(String override) {
    return override.substring(0, Math.max(0, override.indexOf('='))).strip();
  }

  private static String valueOf(String override) {
    return override.substring(override.indexOf('=') + 1).strip();
  }

  private static Yaml.Entry entry(
      String path, Place place, String value, Place at, Vocabulary vocabulary) {
    boolean list = vocabulary.find(path).filter(Key::list).isPresent();
    boolean bracketed = list && value.startsWith("[") && value.endsWith("]");
    String inside = bracketed ? value.substring(1, value.length() - 1) : value;
    List<String> items = list ? Arrays.asList(inside.split(",", -1)) : List.of(inside);
    return new Yaml.Entry(
        path,
        place,
        items.stream()
            .filter(item -> !inside.isBlank())
            .map(item -> new Item(item.strip(), at))
            .toList(),
        list,
        at);
  }

  private void add(Key key, Yaml.Entry entry, Problems problems) {
    if (key.rival()
        .filter(rival -> values.containsKey(rival) || failed.contains(rival))
        .isPresent()) {
      problems.add(
          entry.place(),
          "%s and %s say the same in other words; keep one"
              .formatted(key.path(), key.rival().orElseThrow()));
    }
    read(key, entry, problems)
        .ifPresentOrElse(
            value -> values.put(key.path(), new Value(key, value, entry.place(), entry.at())),
            () -> failed.add(key.path()));
  }

  private static Optional<Object> read(Key key, Yaml.Entry entry, Problems problems) {
    if (entry.missing()) {
      problems.add(entry.place(), key.path() + " has no value; write one or remove the key");
      return Optional.empty();
    }
    if (entry.list() && !key.list()) {
      problems.add(entry.at(), key.path() + " takes one value, not a list");
      return Optional.empty();
    }
    if (entry.items().size() > MOST_ITEMS) {
      problems.add(entry.at(), "%s has more than %s items".formatted(key.path(), MOST_ITEMS));
      return Optional.empty();
    }
    List<Object> read = new ArrayList<>();
    for (Item item : entry.items()) {
      item(key, item, problems).ifPresent(read::add);
    }
    if (read.size() < entry.items().size()) {
      return Optional.empty();
    }
    return Optional.of(key.list() ? List.copyOf(read) : read.get(0));
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
    if (value instanceof Number number
        && key.range().filter(range -> !range.contains(number.doubleValue())).isPresent()) {
      problems.add(
          item.place(),
          "%s (%s) must be %s".formatted(key.path(), text, key.range().orElseThrow().rule()));
      return Optional.empty();
    }
    return Optional.of(value);
  }
}
