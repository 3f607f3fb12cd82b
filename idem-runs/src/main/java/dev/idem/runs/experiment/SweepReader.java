package dev.idem.runs.experiment;

import dev.idem.api.random.RandomStreams;
import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Sweep.Axis;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.experiment.SweepOptions.Design;
import dev.idem.runs.experiment.Yaml.Item;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sweep file. A key that takes one value has several where the file gives a list or a
 * range, <code>{from: 1e-3, to: 1, scale: log, count: 4}</code>; a key that takes a list, where it
 * gives a list of lists; and several keys of a section vary together where it gives a list of
 * mappings in the section's place.
 */
final class SweepReader {

  /** The most runs of a sweep. */
  static final int MOST_RUNS = 100_000;

  private static final int MOST_PROBLEMS = 20;
  private static final int ID_LENGTH = 16;
  private static final Set<String> RANGE = Set.of("from", "to", "scale", "count");

  /** Digits of a number in a range, so that 0.1 is 0.1. */
  private static final MathContext DIGITS = new MathContext(6);

  private final Experiments experiments;
  private final String yaml;
  private final String name;
  private final List<String> ofExperiment;
  private final List<String> ofSweep;
  private final Problems problems = new Problems();
  private final List<Yaml.Entry> base = new ArrayList<>();
  private final Map<String, Values> axes = new LinkedHashMap<>();

  /** One value of an axis: what it says of an experiment, and how a table shows it. */
  record Choice(String label, List<Yaml.Entry> entries) {}

  /** The values of an axis. */
  private sealed interface Values {

    /** The value for a number that is uniform in [0, 1). */
    Choice at(double uniform);

    /** The values of a grid; none if there are infinitely many. */
    List<Choice> all();

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
          return all().get((int) (uniform * count.getAsInt()));
        }
        // Every whole number of the range is equally likely, the last one too.
        double last = key.kind() == Kind.INTEGER && !logarithmic ? to + 1 : to;
        double value = between(uniform, last);
        return choice(key.kind() == Kind.INTEGER ? Math.min(to, Math.floor(value)) : value);
      }

      @Override
      public List<Choice> all() {
        List<Choice> all = new ArrayList<>();
        int last = count.orElse(0) - 1;
        for (int i = 0; i <= last; i++) {
          double value = i == 0 ? from : i == last ? to : between((double) i / last, to);
          all.add(choice(key.kind() == Kind.INTEGER ? Math.rint(value) : value));
        }
        return all;
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

  SweepReader(Experiments experiments, String yaml, String name, List<String> overrides) {
    this.experiments = experiments;
    this.yaml = yaml;
    this.name = name;
    this.ofSweep = overrides.stream().filter(SweepReader::ofSweep).toList();
    this.ofExperiment = overrides.stream().filter(override -> !ofSweep.contains(override)).toList();
  }

  private static boolean ofSweep(String override) {
    return inSweep(CommandLineEntries.pathOf(override));
  }

  private static boolean inSweep(String path) {
    return path.equals(SweepOptions.SECTION) || path.startsWith(SweepOptions.SECTION + ".");
  }

  /** The sweep, or everything that is wrong with the file. */
  Sweep read() {
    Yaml.Read written = Yaml.readSweep(yaml, name, problems);
    List<Yaml.Entry> own =
        written.entries().stream().filter(entry -> inSweep(entry.path())).toList();
    Optional<SweepOptions> options =
        SweepOptions.read(own, ofSweep, new Place(name, 1, 1), problems);
    readAxes(written.entries().stream().filter(entry -> !inSweep(entry.path())).toList());
    ofExperiment.forEach(override -> axes.remove(CommandLineEntries.pathOf(override)));
    if (!written.complete() || axes.values().stream().anyMatch(SweepReader::unusable)) {
      problems.throwIfAny();
    }
    return sweep(options.orElseGet(this::usual));
  }

  /** With what the other errors are found if the section itself is wrong. */
  private SweepOptions usual() {
    if (axes.values().stream().anyMatch(values -> values.all().isEmpty())) {
      problems.throwIfAny();
    }
    return SweepOptions.read(List.of(), List.of(), Place.of(name), new Problems()).orElseThrow();
  }

  /** Whether an axis has no value, which has been reported. */
  private static boolean unusable(Values values) {
    return values instanceof Values.Listed listed && listed.all().isEmpty();
  }

  private void readAxes(List<Yaml.Entry> entries) {
    Vocabulary vocabulary = experiments.vocabularyOf(entries, ofExperiment);
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
    String scale = scale(path, parts.get("scale"));
    OptionalInt count = OptionalInt.empty();
    Yaml.Entry counted = parts.get("count");
    if (counted != null) {
      Optional<Double> value = number(path, "count", parts, place);
      if (value.isPresent()
          && (value.get() < 2 || value.get() > MOST_RUNS || value.get() % 1 != 0)) {
        problems.add(
            counted.at(),
            "%s.count (%s) must be a whole number from 2 to %s"
                .formatted(path, counted.text(), MOST_RUNS));
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
  private String scale(String path, Yaml.@Nullable Entry entry) {
    String scale = entry == null ? "linear" : entry.text();
    if (scale.equals("linear") || scale.equals("log")) {
      return scale;
    }
    problems.add(
        entry == null ? Place.of(name) : entry.at(),
        "%s.scale ('%s') must be linear or log".formatted(path, Problems.shown(scale)));
    return "";
  }

  private Sweep sweep(SweepOptions options) {
    List<List<Choice>> configurations = configurations(options);
    List<Entry> entries = new ArrayList<>();
    Map<String, Entry> byId = new HashMap<>();
    @Nullable List<Yaml.Entry> added = null;
    for (List<Choice> configuration : configurations) {
      Problems own = new Problems();
      try {
        if (added == null) {
          Experiment first = experiment(configuration, List.of(), own);
          requireFew(BigInteger.valueOf(configurations.size()), first.seeds().size(), options);
          added = metric(options, first);
        }
        add(experiment(configuration, added, own), configuration, options, byId, entries);
      } catch (ExperimentException e) {
        problems.addAll(own);
        if (problems.size() >= MOST_PROBLEMS) {
          break;
        }
      }
    }
    problems.throwIfAny();
    check(options, entries);
    List<Yaml.Entry> always = added == null ? List.of() : added;
    return new Sweep(
        options,
        shown(entries),
        entries,
        (entry, alone) -> {
          List<Yaml.Entry> all = new ArrayList<>(always);
          if (alone) {
            all.add(seed(entry.seed()));
          }
          return experiment(entry.choices(), all, new Problems());
        });
  }

  /** Adds the runs of a configuration, one for each seed. */
  private void add(
      Experiment experiment,
      List<Choice> configuration,
      SweepOptions options,
      Map<String, Entry> byId,
      List<Entry> entries) {
    Settings settings = experiment.settings();
    for (long seed : experiment.seeds()) {
      String id = settings.fingerprint(seed).substring(0, ID_LENGTH);
      Entry entry =
          new Entry(
              id,
              configuration,
              seed,
              settings.integer(RunPlan.STEPS).orElse(0),
              settings.integer("plan.evaluateEvery").orElse(0));
      Entry same = byId.putIfAbsent(id, entry);
      if (same == null) {
        entries.add(entry);
      } else if (options.design() == Design.GRID) {
        problems.add(
            new Place(name, 1, 1),
            "the configurations %s and %s are the same run; remove one of them"
                .formatted(same.setting(), entry.setting()));
      }
    }
  }

  /** The metric that ranks runs, measured by every run whether or not the file asks for it. */
  private List<Yaml.Entry> metric(SweepOptions options, Experiment first) {
    if (first.run().measured().contains(options.metric())) {
      return List.of();
    }
    Place place = Place.of(SweepOptions.METRIC);
    List<Item> metrics =
        Stream.concat(first.run().metrics().stream(), Stream.of(options.metric()))
            .map(metric -> new Item(metric.label(), place))
            .toList();
    return List.of(new Yaml.Entry("run.metrics", place, metrics, true, place));
  }

  private static Yaml.Entry seed(long seed) {
    Place place = Place.of("sweep");
    return new Yaml.Entry(
        ExperimentFile.SEEDS, place, List.of(new Item(Long.toString(seed), place)), true, place);
  }

  private Experiment experiment(List<Choice> choices, List<Yaml.Entry> added, Problems wrong) {
    List<Yaml.Entry> chosen = choices.stream().flatMap(one -> one.entries().stream()).toList();
    List<Yaml.Entry> file = Stream.concat(base.stream(), chosen.stream()).toList();
    return experiments.of(List.of(file, added), name, ofExperiment, wrong);
  }

  private void requireFew(BigInteger configurations, int seeds, SweepOptions options) {
    BigInteger runs = configurations.multiply(BigInteger.valueOf(seeds));
    if (runs.compareTo(BigInteger.valueOf(MOST_RUNS)) > 0) {
      String sizes =
          String.join(
              " x ",
              axes.entrySet().stream()
                  .map(axis -> axis.getKey() + " " + axis.getValue().all().size())
                  .toList());
      problems.add(
          new Place(name, 1, 1),
          String.format(
              Locale.ROOT,
              "%,d runs (%s, %s seed%s) are more than %,d; %s",
              runs,
              options.design() == Design.GRID ? sizes : options.design().label(),
              seeds,
              seeds == 1 ? "" : "s",
              MOST_RUNS,
              options.design() == Design.GRID
                  ? "shorten an axis, or draw some of them: sweep.design latin-hypercube with sweep.configurations"
                  : "lower sweep.configurations"));
      problems.throwIfAny();
    }
  }

  private List<List<Choice>> configurations(SweepOptions options) {
    if (options.design() == Design.GRID) {
      return grid(options);
    }
    int count = Math.toIntExact(options.configurations().orElseThrow());
    Map<String, int[]> strata = new HashMap<>();
    if (options.design() == Design.LATIN_HYPERCUBE) {
      axes.keySet()
          .forEach(
              axis ->
                  strata.put(
                      axis,
                      RandomStreams.permutation(
                          count, RandomStreams.stream(options.seed(), "strata of " + axis, 0))));
    }
    List<List<Choice>> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Choice> configuration = new ArrayList<>();
      for (Map.Entry<String, Values> axis : axes.entrySet()) {
        double uniform = RandomStreams.stream(options.seed(), axis.getKey(), i).nextDouble();
        int[] stratum = strata.get(axis.getKey());
        configuration.add(
            axis.getValue().at(stratum == null ? uniform : (stratum[i] + uniform) / count));
      }
      drawn.add(configuration);
    }
    return drawn;
  }

  private List<List<Choice>> grid(SweepOptions options) {
    axes.forEach(
        (path, values) -> {
          if (values instanceof Values.Range range && range.count().isEmpty()) {
            problems.add(
                range.place(),
                "%s: a range of a grid needs 'count', the number of its values".formatted(path));
          }
        });
    if (axes.values().stream().anyMatch(values -> values.all().isEmpty())) {
      problems.throwIfAny();
    }
    BigInteger size =
        axes.values().stream()
            .map(values -> BigInteger.valueOf(values.all().size()))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    requireFew(size, 1, options);
    List<List<Choice>> grid = List.of(List.of());
    for (Values axis : axes.values()) {
      List<Choice> values = axis.all();
      grid =
          grid.stream()
              .flatMap(
                  before ->
                      values.stream()
                          .map(value -> Stream.concat(before.stream(), Stream.of(value)).toList()))
              .toList();
    }
    return grid;
  }

  private void check(SweepOptions options, List<Entry> entries) {
    boolean counted = options.budget().steps().isPresent();
    boolean halved = options.halving().factor().isPresent();
    if ((counted || halved) && entries.stream().anyMatch(entry -> entry.steps() == 0)) {
      problems.add(
          Place.of(counted ? SweepOptions.BUDGET_STEPS : SweepOptions.FACTOR),
          "every run must have plan.steps; epochs are not known before the data are read");
    }
    if (halved
        && entries.stream()
                .map(entry -> List.of(entry.steps(), entry.evaluateEvery()))
                .distinct()
                .count()
            > 1) {
      problems.add(
          Place.of(SweepOptions.FACTOR),
          "every run must have the same plan.steps and plan.evaluateEvery; they must not be axes");
    }
    problems.throwIfAny();
  }

  /** The axes with the values that occur. */
  private List<Axis> shown(List<Entry> entries) {
    List<Axis> shown = new ArrayList<>();
    int column = 0;
    for (Map.Entry<String, Values> axis : axes.entrySet()) {
      int place = column++;
      boolean range = axis.getValue() instanceof Values.Range;
      boolean numeric = range || ((Values.Listed) axis.getValue()).numeric();
      Function<Entry, String> value = entry -> entry.setting().get(place);
      Set<String> values = new LinkedHashSet<>();
      Stream<String> found = entries.stream().map(value);
      (range ? found.sorted(Comparator.comparingDouble(Double::parseDouble)) : found)
          .forEach(values::add);
      shown.add(
          new Axis(
              axis.getKey(),
              List.copyOf(values),
              numeric,
              axis.getValue() instanceof Values.Range found2 && found2.logarithmic()));
    }
    return shown;
  }
}
