package dev.idem.cli.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --set a.b=c} says; a list is {@code a.b=1,2,3} or {@code a.b=[1, 2, 3]}. */
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
      boolean list = vocabulary.find(path).filter(Key::list).isPresent();
      Place place = Place.of("--set " + Problems.shown(text));
      entries.remove(path);
      entries.put(path, new Raw.Entry(path, PLACE, list ? list(value, place) : one(value, place)));
    }
    return new ArrayList<>(entries.values());
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
