package dev.idem.runs.experiment;

import dev.idem.api.random.RandomStreams;
import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Sweep.Axis;
import dev.idem.runs.experiment.Sweep.Choice;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.experiment.Sweep.SweepOptions;
import dev.idem.runs.experiment.Sweep.SweepOptions.Design;
import dev.idem.runs.experiment.SweepAxes.Values;
import dev.idem.runs.experiment.Yaml.Item;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sweep file: from its axes and its design to the list of runs, each of which is a valid
 * experiment.
 */
final class SweepReader {

  private static final int MOST_PROBLEMS = 20;
  private static final int ID_LENGTH = 16;

  private final Experiments experiments;
  private final String yaml;
  private final String name;
  private final List<String> ofExperiment;
  private final List<String> ofSweep;
  private final Problems problems = new Problems();
  private final SweepAxes file;

  /** The axes by key, in the order of the file. */
  private final Map<String, Values> axes;

  SweepReader(Experiments experiments, String yaml, String name, List<String> overrides) {
    this.experiments = experiments;
    this.yaml = yaml;
    this.name = name;
    this.ofSweep = overrides.stream().filter(SweepReader::ofSweep).toList();
    this.ofExperiment = overrides.stream().filter(override -> !ofSweep.contains(override)).toList();
    this.file = new SweepAxes(problems);
    this.axes = file.axes();
  }

  private static boolean ofSweep(String override) {
    return inSweep(CommandLineEntries.pathOf(override));
  }

  /** Whether a path is of the section on the sweep itself. */
  static boolean inSweep(String path) {
    return path.equals(SweepOptions.SECTION) || path.startsWith(SweepOptions.SECTION + ".");
  }

  /** The sweep, or everything that is wrong with the file. */
  Sweep read() {
    Yaml.Read written = Yaml.readSweep(yaml, name, problems);
    List<Yaml.Entry> own =
        written.entries().stream().filter(entry -> inSweep(entry.path())).toList();
    Optional<SweepOptions> options =
        SweepOptions.read(own, ofSweep, new Place(name, 1, 1), problems);
    List<Yaml.Entry> others =
        written.entries().stream().filter(entry -> !inSweep(entry.path())).toList();
    file.read(others, experiments.vocabularyOf(others, ofExperiment));
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
    List<Yaml.Entry> said = Stream.concat(file.base().stream(), chosen.stream()).toList();
    return experiments.of(List.of(said, added), name, ofExperiment, wrong);
  }

  private void requireFew(BigInteger configurations, int seeds, SweepOptions options) {
    BigInteger runs = configurations.multiply(BigInteger.valueOf(seeds));
    if (runs.compareTo(BigInteger.valueOf(SweepOptions.MOST_RUNS)) > 0) {
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
              SweepOptions.MOST_RUNS,
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
    for (Map.Entry<String, Values> axis : axes.entrySet()) {
      int column = shown.size();
      Values values = axis.getValue();
      Stream<String> found = entries.stream().map(entry -> entry.setting().get(column)).distinct();
      shown.add(
          new Axis(
              axis.getKey(),
              (values.ascending()
                      ? found.sorted(Comparator.comparingDouble(Double::parseDouble))
                      : found)
                  .toList(),
              values.numeric(),
              values.logarithmic()));
    }
    return shown;
  }
}
