package dev.idem.runs.experiment;

import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Yaml.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command line says of an experiment, in the form in which {@link Yaml} reads a file. */
record CommandLineEntries(Vocabulary vocabulary) {

  private static final Place SET = Place.of("--set");

  /** What options say that stand for a key, each in its own name. */
  List<Yaml.Entry> flags(List<Experiments.Flag> flags) {
    List<Yaml.Entry> entries = new ArrayList<>();
    for (Experiments.Flag flag : flags) {
      Place place = Place.of(flag.name());
      entries.add(entry(flag.key(), place, flag.value().strip(), place));
    }
    return entries;
  }

  /**
   * What {@code --set a.b=c} says, a list being {@code a.b=1,2,3} or {@code a.b=[1, 2, 3]}; the
   * last for each key.
   */
  Collection<Yaml.Entry> overrides(List<String> texts, Problems problems) {
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
        entries.put(path, entry(path, SET, value, Place.of("--set " + shown)));
      }
    }
    return entries.values();
  }

  /** The key that {@code KEY=VALUE} sets; empty if the text is not of that form. */
  static String pathOf(String override) {
    return override.substring(0, Math.max(0, override.indexOf('='))).strip();
  }

  static String valueOf(String override) {
    return override.substring(override.indexOf('=') + 1).strip();
  }

  private Yaml.Entry entry(String path, Place place, String value, Place at) {
    boolean list = vocabulary.find(path).filter(Key::list).isPresent();
    boolean bracketed = list && value.startsWith("[") && value.endsWith("]");
    String inside = bracketed ? value.substring(1, value.length() - 1) : value;
    List<String> items =
        inside.isBlank()
            ? List.of()
            : list ? Arrays.asList(inside.split(",", -1)) : List.of(inside);
    return new Yaml.Entry(
        path, place, items.stream().map(item -> new Item(item.strip(), at)).toList(), list, at);
  }
}
