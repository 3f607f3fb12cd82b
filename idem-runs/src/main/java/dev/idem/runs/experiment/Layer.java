package dev.idem.runs.experiment;

import dev.idem.runs.catalogue.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The values of one file, or of the command line, each of the right kind.
 *
 * @param values those that could be read
 * @param failed the paths of those that could not
 */
record Layer(Values values, Set<String> failed) {

  private static final int MOST_ITEMS = 1_000;

  /** Checks what was written against the vocabulary. */
  static Layer of(List<Raw.Entry> entries, Vocabulary vocabulary, Problems problems) {
    Layer layer = new Layer(new Values(), new HashSet<>());
    for (Raw.Entry entry : entries) {
      Optional<Key> known = vocabulary.find(entry.path());
      if (known.isEmpty()) {
        if (!entry.value().missing() || !vocabulary.isSection(entry.path())) {
          problems.add(entry.key(), vocabulary.unknown(entry.path()));
        }
        continue;
      }
      Key key = known.get();
      if (layer.saysInOtherWords(key)) {
        problems.add(
            entry.key(),
            "%s and %s say the same in other words; keep one"
                .formatted(key.path(), key.rival().orElseThrow()));
      }
      read(key, entry, problems)
          .ifPresentOrElse(
              value ->
                  layer.values.put(new Setting(key, value, entry.key(), entry.value().place())),
              () -> layer.failed.add(key.path()));
    }
    return layer;
  }

  private boolean saysInOtherWords(Key key) {
    return key.rival().filter(other -> values.has(other) || failed.contains(other)).isPresent();
  }

  private static Optional<Object> read(Key key, Raw.Entry entry, Problems problems) {
    Raw raw = entry.value();
    if (raw.missing()) {
      problems.add(entry.key(), key.path() + " has no value; write one or remove the key");
      return Optional.empty();
    }
    if (raw.list() && !key.list()) {
      problems.add(raw.place(), key.path() + " takes one value, not a list");
      return Optional.empty();
    }
    if (raw.items().size() > MOST_ITEMS) {
      problems.add(raw.place(), "%s has more than %s items".formatted(key.path(), MOST_ITEMS));
      return Optional.empty();
    }
    List<Object> read = new ArrayList<>();
    for (Raw.Item item : raw.items()) {
      item(key, item, problems).ifPresent(read::add);
    }
    if (read.size() < raw.items().size()) {
      return Optional.empty();
    }
    return Optional.of(key.list() ? List.copyOf(read) : read.get(0));
  }

  private static Optional<Object> item(Key key, Raw.Item item, Problems problems) {
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
