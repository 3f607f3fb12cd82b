package dev.idem.runs.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code --set a.b=c} says, a list being {@code a.b=1,2,3} or {@code a.b=[1, 2, 3]}, and what
 * options say that stand for a key.
 */
final class Overrides {

  private static final Place PLACE = Place.of("--set");

  private Overrides() {}

  /** The last for each key counts. */
  static List<Raw.Entry> of(List<String> texts, Vocabulary vocabulary, Problems problems) {
    Map<String, Raw.Entry> entries = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        problems.add(
            PLACE, "'%s' must be KEY=VALUE, as in plan.steps=500".formatted(Problems.shown(text)));
        continue;
      }
      String path = text.substring(0, equals).strip();
      String value = text.substring(equals + 1).strip();
      if (value.isEmpty() && vocabulary.find(path).isEmpty()) {
        problems.add(
            PLACE,
            "'%s' sets nothing; name a key and its value, as in plan.steps=500"
                .formatted(Problems.shown(text)));
        continue;
      }
      Place place = Place.of("--set " + Problems.shown(text));
      entries.remove(path);
      entries.put(path, new Raw.Entry(path, PLACE, raw(path, value, place, vocabulary)));
    }
    return new ArrayList<>(entries.values());
  }

  /** What options say, each in its own name. */
  static List<Raw.Entry> ofFlags(List<Flag> flags, Vocabulary vocabulary) {
    List<Raw.Entry> entries = new ArrayList<>();
    for (Flag flag : flags) {
      Place place = Place.of(flag.name());
      String value = flag.value().strip();
      entries.add(new Raw.Entry(flag.key(), place, raw(flag.key(), value, place, vocabulary)));
    }
    return entries;
  }

  private static Raw raw(String path, String value, Place place, Vocabulary vocabulary) {
    boolean list = vocabulary.find(path).filter(Key::list).isPresent();
    return list ? list(value, place) : one(value, place);
  }

  private static Raw one(String value, Place place) {
    return value.isEmpty() ? new Raw(List.of(), false, place) : Raw.single(value, place);
  }

  private static Raw list(String value, Place place) {
    boolean bracketed = value.startsWith("[") && value.endsWith("]");
    String inside = bracketed ? value.substring(1, value.length() - 1) : value;
    return new Raw(
        Arrays.stream(inside.split(",", -1))
            .map(String::strip)
            .filter(item -> !inside.isBlank())
            .map(item -> new Raw.Item(item, place))
            .toList(),
        true,
        place);
  }
}
