package dev.idem.runs.experiment;

import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Sweep.Choice;
import dev.idem.runs.experiment.Sweep.SweepOptions;
import dev.idem.runs.experiment.Yaml.Item;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The axes of a sweep file, and what it says besides. A key that takes one value has several where
 * the file gives a list or a range, <code>{from: 1e-3, to: 1, scale: log, count: 4}</code>; a key
 * that takes a list, where it gives a list of lists; and several keys of a section vary together
 * where it gives a list of mappings in the section's place.
 */
final class SweepAxes {

  /** The keys of a range, which stands in place of a value. */
  static final Set<String> RANGE = Set.of("from", "to", "scale", "count");

  /** Digits of a number in a range, so that 0.1 is 0.1. */
  private static final MathContext DIGITS = new MathContext(6);

  private final Problems problems;
  private final List<Yaml.Entry> base = new ArrayList<>();
  private final Map<String, Values> axes = new LinkedHashMap<>();

  /** The values of an axis. */
  sealed interface Values {

    /** The value for a number that is uniform in [0, 1). */
    Choice at(double uniform);

    /** The values of a grid; none if there are infinitely many. */
    List<Choice> all();

    /** Whether they are numbers. */
    boolean numeric();

    /** Whether they are a range on a logarithmic scale. */
    default boolean logarithmic() {
      return false;
    }

    /** Whether a table has them in ascending order, rather than in that of the file. */
    default boolean ascending() {
      return false;
    }

    /** Those that a file lists. */
    record Listed(List<Choice> all, boolean numeric) implements Values {
      @Override
      public Choice at(double uniform) {
        return all.get((int) (uniform * all.size()));
      }
    }

    /** Those between two numbers; a range with a count has as many, its ends among them. */
    record Range(
        Key key, Place place, double from, double to, boolean logarithmic, OptionalInt count)
        implements Values {
      @Override
      public Choice at(double uniform) {
        if (count.isPresent()) {
          return number((int) (uniform * count.getAsInt()));
        }
        // Every whole number of the range is equally likely, the last one too.
        double last = key.kind() == Kind.INTEGER && !logarithmic ? to + 1 : to;
        double value = between(uniform, last);
        return choice(key.kind() == Kind.INTEGER ? Math.min(to, Math.floor(value)) : value);
      }

      @Override
      public List<Choice> all() {
        return IntStream.range(0, count.orElse(0)).mapToObj(this::number).toList();
      }

      @Override
      public boolean numeric() {
        return true;
      }

      @Override
      public boolean ascending() {
        return true;
      }

      /** The i-th of a range with a count. */
      private Choice number(int i) {
        int last = count.orElseThrow() - 1;
        double value = i == 0 ? from : i == last ? to : between((double) i / last, to);
        return choice(key.kind() == Kind.INTEGER ? Math.rint(value) : value);
      }

      private double between(double share, double end) {
        return logarithmic ? from * Math.pow(end / from, share) : from + share * (end - from);
      }

      private Choice choice(double value) {
        BigDecimal shown = new BigDecimal(value).round(DIGITS);
        String text =
            key.kind() == Kind.INTEGER
                ? Long.toString((long) value)
                : Kind.written(shown.doubleValue());
        Item item = new Item(text, place);
        return new Choice(
            text, List.of(new Yaml.Entry(key.path(), place, List.of(item), false, place)));
      }
    }
  }

  /** No axes yet; what is wrong with them is added to {@code problems}. */
  SweepAxes(Problems problems) {
    this.problems = problems;
  }

  /** By key, in the order of the file. */
  Map<String, Values> axes() {
    return axes;
  }

  /** What all runs have in common. */
  List<Yaml.Entry> base() {
    return base;
  }

  /** Reads the keys of an experiment, which the vocabulary has. */
  void read(List<Yaml.Entry> entries, Vocabulary vocabulary) {
    Map<String, Map<String, Yaml.Entry>> ranges = new LinkedHashMap<>();
    Set<String> unknown = new HashSet<>();
    for (Yaml.Entry entry : entries) {
      Optional<Key> key = vocabulary.find(entry.path());
      String outer = entry.path().substring(0, Math.max(0, entry.path().lastIndexOf('.')));
      String last = entry.path().substring(entry.path().lastIndexOf('.') + 1);
      if (key.isPresent()) {
        if (isAxis(key.get(), entry)) {
          list(entry, key);
        } else {
          base.add(entry);
        }
      } else if (RANGE.contains(last) && !outer.isEmpty() && !vocabulary.isSection(outer)) {
        if (vocabulary.find(outer).isPresent()) {
          ranges.computeIfAbsent(outer, path -> new LinkedHashMap<>()).put(last, entry);
          if (ranges.get(outer).size() == 1) {
            // Keeps the axis's place in the order of the file.
            axes.put(outer, new Values.Listed(List.of(), false));
          }
        } else if (unknown.add(outer)) {
          problems.add(entry.place(), vocabulary.unknown(outer));
        }
      } else if (entry.list()
          && vocabulary.isSection(entry.path())
          && entry.items().stream().anyMatch(item -> !item.entries().isEmpty())) {
        list(entry, Optional.empty());
      } else {
        base.add(entry);
      }
    }
    ranges.forEach(
        (path, parts) -> {
          Optional<Values> range = range(vocabulary.find(path).orElseThrow(), parts);
          range.ifPresent(values -> axes.put(path, values));
        });
  }

  /** Whether an entry gives a key several values rather than the one that it takes. */
  private static boolean isAxis(Key key, Yaml.Entry entry) {
    return entry.list()
        && (!key.list() || entry.items().stream().anyMatch(item -> !item.entries().isEmpty()));
  }

  private void list(Yaml.Entry entry, Optional<Key> key) {
    List<Choice> choices = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    boolean plain = key.filter(known -> !known.list()).isPresent();
    for (Item item : entry.items()) {
      if (plain == item.entries().isEmpty()) {
        Yaml.Entry single =
            new Yaml.Entry(entry.path(), entry.place(), List.of(item), false, item.place());
        choices.add(new Choice(item.text(), plain ? List.of(single) : item.entries()));
      } else {
        problems.add(
            item.place(),
            "%s ('%s') must be %s"
                .formatted(
                    entry.path(),
                    Problems.shown(item.text()),
                    plain ? "one value, as the others" : "a list or a mapping, as the others"));
      }
      if (!labels.add(item.text())) {
        problems.add(
            item.place(),
            "%s lists '%s' twice; keep one".formatted(entry.path(), Problems.shown(item.text())));
      }
    }
    if (entry.path().equals(ExperimentFile.SEEDS)) {
      problems.add(entry.at(), "seeds takes one list; every configuration runs with each of them");
    }
    if (entry.items().isEmpty()) {
      problems.add(entry.at(), "%s ([]) has no value; name at least one".formatted(entry.path()));
    }
    boolean numeric =
        key.filter(known -> known.kind() == Kind.NUMBER || known.kind() == Kind.INTEGER)
            .filter(known -> !known.list())
            .isPresent();
    axes.put(entry.path(), new Values.Listed(choices, numeric));
  }

  private Optional<Values> range(Key key, Map<String, Yaml.Entry> parts) {
    Place place = parts.values().iterator().next().place();
    String path = key.path();
    if (key.list() || (key.kind() != Kind.NUMBER && key.kind() != Kind.INTEGER)) {
      problems.add(place, "%s takes no range; give a list of its values".formatted(path));
      return Optional.empty();
    }
    Optional<Double> from = number(path, "from", parts, place);
    Optional<Double> to = number(path, "to", parts, place);
    String scale = scale(path, parts.get("scale"), place);
    OptionalInt count = OptionalInt.empty();
    Yaml.Entry counted = parts.get("count");
    if (counted != null) {
      Optional<Double> value = number(path, "count", parts, place);
      if (value.isPresent()
          && (value.get() < 2 || value.get() > SweepOptions.MOST_RUNS || value.get() % 1 != 0)) {
        problems.add(
            counted.at(),
            "%s.count (%s) must be a whole number from 2 to %s"
                .formatted(path, counted.text(), SweepOptions.MOST_RUNS));
        return Optional.empty();
      }
      count = value.isPresent() ? OptionalInt.of(value.get().intValue()) : count;
    }
    if (from.isEmpty() || to.isEmpty() || scale.isEmpty()) {
      return Optional.empty();
    }
    boolean logarithmic = scale.equals("log");
    if (from.get() >= to.get()) {
      problems.add(
          place,
          "%s: from (%s) must be less than to (%s)"
              .formatted(path, Kind.written(from.get()), Kind.written(to.get())));
      return Optional.empty();
    }
    if (logarithmic && from.get() <= 0) {
      problems.add(
          place,
          "%s: from (%s) must be positive on a logarithmic scale"
              .formatted(path, Kind.written(from.get())));
      return Optional.empty();
    }
    Values.Range range = new Values.Range(key, place, from.get(), to.get(), logarithmic, count);
    if (new HashSet<>(range.all()).size() < range.all().size()) {
      problems.add(
          place,
          "%s: %s values from %s to %s are not all different; lower the count"
              .formatted(path, count.orElse(0), Kind.written(from.get()), Kind.written(to.get())));
      return Optional.empty();
    }
    return Optional.of(range);
  }

  private Optional<Double> number(
      String path, String part, Map<String, Yaml.Entry> parts, Place place) {
    Yaml.Entry entry = parts.get(part);
    if (entry == null || entry.missing() || entry.list()) {
      problems.add(
          entry == null ? place : entry.at(),
          "%s: a range needs '%s', a number".formatted(path, part));
      return Optional.empty();
    }
    try {
      return Optional.of((Double) Kind.NUMBER.parse(entry.text()));
    } catch (IllegalArgumentException e) {
      problems.add(
          entry.at(),
          "%s.%s ('%s') must be a number".formatted(path, part, Problems.shown(entry.text())));
      return Optional.empty();
    }
  }

  /** The scale of a range; empty if it is none, which has been reported. */
  private String scale(String path, Yaml.@Nullable Entry entry, Place place) {
    String scale = entry == null ? "linear" : entry.text();
    if (scale.equals("linear") || scale.equals("log")) {
      return scale;
    }
    problems.add(
        entry == null ? place : entry.at(),
        "%s.scale ('%s') must be linear or log".formatted(path, Problems.shown(scale)));
    return "";
  }
}
