package dev.idem.runs.experiment;

import dev.idem.runs.experiment.Problems.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML to paths and values, event by event, so that each has its place. Takes mappings of single
 * values and of lists of such, in one document, without anchors and tags; of a sweep, also lists of
 * lists and of mappings.
 */
final class Yaml {

  private static final int MOST_DEPTH = 10;
  private static final int MOST_KEYS = 1_000;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Parser parser;
  private final String name;
  private final Problems problems;
  private final boolean sweep;
  private List<Entry> entries = new ArrayList<>();
  private Set<String> seen = new HashSet<>();
  private int keys;

  /**
   * A single value as written, without quotes, and where it begins. In a list of a sweep it may be
   * a list or a mapping itself, and has the entries that this stands for.
   */
  record Item(String text, Place place, List<Entry> entries) {
    Item(String text, Place place) {
      this(text, place, List.of());
    }
  }

  /**
   * A key with its one value or those of a list, none where nothing, or {@code null}, was written.
   * {@code at} is where the value begins.
   */
  record Entry(String path, Place place, List<Item> items, boolean list, Place at) {

    /** Whether no value was written. */
    boolean missing() {
      return items.isEmpty() && !list;
    }

    /** The value, for a reader. */
    String text() {
      String values = items.stream().map(Item::text).collect(Collectors.joining(", "));
      return list ? "[" + values + "]" : values;
    }
  }

  /** What was read, in order, and whether that is all. */
  record Read(List<Entry> entries, boolean complete) {}

  private Yaml(String text, String name, Problems problems, boolean sweep) {
    this.sweep = sweep;
    this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    this.name = name;
    this.problems = problems;
  }

  /** The keys of {@code text}; what cannot be read is a problem. */
  static Read read(String text, String name, Problems problems) {
    return read(text, name, problems, false);
  }

  /** The keys of a sweep, whose lists may hold lists and mappings. */
  static Read readSweep(String text, String name, Problems problems) {
    return read(text, name, problems, true);
  }

  private static Read read(String text, String name, Problems problems, boolean sweep) {
    if (!allowed(text, name, problems)) {
      return new Read(List.of(), false);
    }
    Yaml yaml = new Yaml(text, name, problems, sweep);
    boolean complete = false;
    try {
      yaml.document();
      complete = true;
    } catch (MarkedYAMLException e) {
      problems.add(yaml.place(e.getProblemMark()), "invalid YAML: " + problem(e) + begun(e));
    } catch (YAMLException e) {
      problems.add(Place.of(name), "invalid YAML: " + Problems.shown(firstLine(e.getMessage())));
    } catch (StopReading e) {
      // Its problem has been noted; what follows would be guesses.
    }
    return new Read(yaml.entries, complete);
  }

  /** Whether YAML allows every character; the first that it does not allow is a problem. */
  private static boolean allowed(String text, String name, Problems problems) {
    long count = text.codePoints().takeWhile(StreamReader::isPrintable).count();
    int end = text.offsetByCodePoints(0, (int) count);
    if (end == text.length()) {
      return true;
    }
    String[] lines = text.substring(0, end).split("\r\n|\r|\n", -1);
    String last = lines[lines.length - 1];
    problems.add(
        new Place(name, lines.length, last.codePointCount(0, last.length()) + 1),
        String.format(
            Locale.ROOT,
            "invalid YAML: the character U+%04X is not allowed; remove it",
            text.codePointAt(end)));
    return false;
  }

  private void document() {
    Event event = nextNode();
    if (event.is(Event.ID.StreamEnd)) {
      return;
    }
    if (!event.is(Event.ID.MappingStart)) {
      throw stop(event, "an experiment is keys and values, such as 'method: ign'");
    }
    requirePlain(event);
    mapping(event, "", 1);
    event = nextNode();
    if (!event.is(Event.ID.StreamEnd)) {
      problems.add(place(event), "an experiment is one document; remove what follows '---'");
    }
  }

  private Event nextNode() {
    Event event = parser.getEvent();
    while (!(event instanceof NodeEvent) && !event.is(Event.ID.StreamEnd)) {
      event = parser.getEvent();
    }
    return event;
  }

  /** From after its start to its end. */
  private void mapping(Event start, String section, int depth) {
    if (depth > MOST_DEPTH) {
      throw stop(start, "sections nested more than %s deep".formatted(MOST_DEPTH));
    }
    for (Event key = parser.getEvent(); !key.is(Event.ID.MappingEnd); key = parser.getEvent()) {
      requireNoAnchor(key);
      if (!(key instanceof ScalarEvent label)) {
        throw stop(key, "invalid YAML: a key must be a single name");
      }
      String path = section.isEmpty() ? label.getValue() : section + "." + label.getValue();
      boolean usable = usable(label.getValue(), path, place(key));
      Event value = parser.getEvent();
      requirePlain(value);
      if (value.is(Event.ID.MappingStart)) {
        int before = keys;
        mapping(value, path, depth + 1);
        if (keys == before && usable) {
          problems.add(place(value), path + " is empty; write its keys, or remove it");
        }
      } else {
        boolean list = value.is(Event.ID.SequenceStart);
        List<Item> items = list ? items(path, depth) : item((ScalarEvent) value);
        if (usable) {
          entries.add(new Entry(path, place(key), items, list, place(value)));
        }
      }
      keys++;
      if (keys > MOST_KEYS) {
        throw stop(key, "more than %s keys".formatted(MOST_KEYS));
      }
    }
  }

  private boolean usable(String label, String path, Place key) {
    if (label.contains(".") || label.isBlank()) {
      problems.add(
          key,
          "key '%s' must be a single name; write what is before a dot as a section"
              .formatted(Problems.shown(label)));
      return false;
    }
    boolean first = seen.add(path);
    if (!first) {
      problems.add(key, "duplicate key '%s'; keep one".formatted(Problems.shown(path)));
    }
    return first;
  }

  private List<Item> item(ScalarEvent value) {
    boolean missing = value.isPlain() && NULLS.contains(value.getValue());
    return missing ? List.of() : List.of(new Item(value.getValue(), place(value)));
  }

  /** From after the list's start to its end. */
  private List<Item> items(String path, int depth) {
    List<Item> items = new ArrayList<>();
    for (Event event = parser.getEvent();
        !event.is(Event.ID.SequenceEnd);
        event = parser.getEvent()) {
      requirePlain(event);
      List<Item> item =
          event instanceof ScalarEvent value
              ? item(value)
              : sweep ? nested((CollectionStartEvent) event, path, depth + 1) : List.of();
      if (item.isEmpty()) {
        problems.add(place(event), "a list holds single values only");
      }
      if (item.isEmpty() && event instanceof CollectionStartEvent) {
        throw new StopReading();
      }
      items.addAll(item);
    }
    return items;
  }

  /** A list or a mapping in the list that is the value of {@code path}. */
  private List<Item> nested(CollectionStartEvent start, String path, int depth) {
    if (start.is(Event.ID.SequenceStart)) {
      List<Item> values = items(path, depth);
      String text = values.stream().map(Item::text).collect(Collectors.joining(", ", "[", "]"));
      Entry entry = new Entry(path, place(start), values, true, place(start));
      return List.of(new Item(text, place(start), List.of(entry)));
    }
    List<Entry> outer = entries;
    Set<String> seenOutside = seen;
    entries = new ArrayList<>();
    seen = new HashSet<>();
    mapping(start, path, depth);
    List<Entry> inner = entries;
    entries = outer;
    seen = seenOutside;
    String text =
        inner.stream()
            .map(entry -> entry.path().substring(path.length() + 1) + "=" + entry.text())
            .collect(Collectors.joining(", "));
    return List.of(new Item(text, place(start), inner));
  }

  private void requirePlain(Event value) {
    requireNoAnchor(value);
    if ((value instanceof ScalarEvent scalar && scalar.getTag() != null)
        || (value instanceof CollectionStartEvent start && start.getTag() != null)) {
      throw stop(
          value, "tags such as !!int are not allowed in experiment files; write the value alone");
    }
  }

  private void requireNoAnchor(Event event) {
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw stop(event, "anchors and aliases are not allowed in experiment files; write the value");
    }
  }

  private StopReading stop(Event at, String problem) {
    problems.add(place(at), problem);
    return new StopReading();
  }

  private Place place(Event event) {
    return place(event.getStartMark());
  }

  private Place place(Mark mark) {
    return new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String problem(MarkedYAMLException failure) {
    String noToken = " that cannot start any token";
    String problem = Problems.shown(firstLine(failure.getProblem()));
    if (problem.contains(noToken)) {
      return problem.contains("(TAB)")
          ? "a tab; use spaces"
          : problem.substring(0, problem.indexOf(noToken))
              + ", which cannot begin a value; put the value in quotes";
    }
    return inDoubleQuotes(failure) && problem.contains("escape")
        ? problem + "; in double quotes write \\\\ for a backslash, or use single quotes"
        : problem;
  }

  /** What is unfinished there, if that began elsewhere. */
  private static String begun(MarkedYAMLException failure) {
    Mark begin = failure.getContextMark();
    return begin == null
            || failure.getContext() == null
            || inDoubleQuotes(failure)
            || begin.getIndex() == failure.getProblemMark().getIndex()
        ? ""
        : ", %s from %s:%s"
            .formatted(firstLine(failure.getContext()), begin.getLine() + 1, begin.getColumn() + 1);
  }

  private static boolean inDoubleQuotes(MarkedYAMLException failure) {
    return "while scanning a double-quoted scalar".equals(failure.getContext());
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "cannot be read" : message.lines().findFirst().orElse("");
  }

  /** Ends the reading of a file. */
  private static final class StopReading extends RuntimeException {
    private static final long serialVersionUID = 1;

    StopReading() {
      super("see the problems", null, false, false);
    }
  }
}
