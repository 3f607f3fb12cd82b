package dev.idem.runs.experiment;

import dev.idem.api.check.Suggestions;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingObjective;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.models.data.DataSources;
import dev.idem.models.network.Networks;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.Experiment.Subject;
import dev.idem.runs.experiment.ExperimentFile.Engine;
import dev.idem.runs.experiment.ExperimentFile.Strategy;
import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.SchemaWriter.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads experiment files: YAML, laid over a preset and under {@code --set}. All errors are reported
 * together, each with its line and column.
 */
public final class Experiments {

  private static final int MOST_BYTES = 1 << 20;
  private static final String TOO_LARGE = "larger than 1 MiB, the limit of an experiment file";

  private final Catalogue<Network> networks;
  private final Catalogue<DataSource> sources;
  private final Catalogue<ListenerFactory> listeners;
  private final Map<String, StrategyParameters> strategies = new LinkedHashMap<>();
  private final List<Key> declared;

  /**
   * An option of a command line that stands for a key of an experiment file.
   *
   * @param value as it was given; items of a list have commas between them
   * @param name of the option, in messages and origins
   */
  public record Flag(String key, String value, String name) {}

  /** Files that may name what idem itself has. */
  public static Experiments builtIn() {
    return new Experiments(
        new Catalogue<>("strategy", Catalogue.suppliers(Strategies.all()), List.of()),
        new Catalogue<>("network", Catalogue.suppliers(Networks.all()), List.of()),
        new Catalogue<>("data source", DataSources.all(), List.of()),
        new Catalogue<>("listener", Map.of(), List.of()));
  }

  /** Files that may name what these hold. */
  public Experiments(
      Catalogue<IdempotencyStrategy> strategies,
      Catalogue<Network> networks,
      Catalogue<DataSource> sources,
      Catalogue<ListenerFactory> listeners) {
    this.networks = networks;
    this.sources = sources;
    this.listeners = listeners;
    for (String name : strategies.names()) {
      this.strategies.put(name, new StrategyParameters(name, strategies.get(name)));
    }
    List<String> logs =
        Stream.concat(
                Kind.labels(RunOptions.LogFile.class).stream(), listeners.contributed().stream())
            .toList();
    Map<String, List<String>> names =
        Map.of(
            Strategy.NAME, strategies.names(),
            Strategy.IGN_PRESET, List.copyOf(IgnObjective.presets().keySet()),
            ExperimentFile.Network.NAME, networks.names(),
            ExperimentFile.Data.SOURCE, sources.names(),
            RunOptions.LISTENERS, logs);
    this.declared = Key.declared("", ExperimentFile.class, names, ExperimentFile.DEFAULTS).toList();
  }

  /**
   * The experiment of a file.
   *
   * @param file YAML in UTF-8, at most 1 MiB
   * @param overrides each {@code KEY=VALUE}, such as {@code plan.learningRate=1e-4}; the later wins
   * @throws ExperimentException with everything that is wrong with either
   */
  public Experiment read(Path file, List<String> overrides) {
    String name = file.toString();
    return of(text(file, name), name, overrides);
  }

  private static String text(Path file, String name) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw only(name, TOO_LARGE);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw only(name, "not UTF-8 text");
    } catch (IOException e) {
      throw only(name, Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file");
    }
  }

  private static ExperimentException only(String name, String problem) {
    return new ExperimentException(List.of(name + ": " + problem));
  }

  /**
   * The experiment of a text, as {@link #read}; the name of the file is for messages and origins.
   */
  public Experiment of(String yaml, String name, List<String> overrides) {
    if (yaml.length() > MOST_BYTES) {
      throw only(name, TOO_LARGE);
    }
    Problems problems = new Problems();
    Yaml.Read written = Yaml.read(yaml, name, problems);
    Vocabulary vocabulary = vocabulary(said(written.entries()), overrides);
    Layers layers = new Layers(vocabulary, problems);
    layers.add(written.entries());
    layers.add(new CommandLineEntries(vocabulary).overrides(overrides, problems));
    if (!written.complete()) {
      // What was not read is not missing.
      problems.throwIfAny();
    }
    return experiment(layers.resolve(new Place(name, 1, 1)), problems);
  }

  /**
   * The sweep of a file: an experiment file in which keys may have several values.
   *
   * @param overrides each {@code KEY=VALUE}; of a key that has several values, the one instead
   * @throws ExperimentException with everything that is wrong with either
   */
  public Sweep readSweep(Path file, List<String> overrides) {
    String name = file.toString();
    return sweepOf(text(file, name), name, overrides);
  }

  /**
   * The sweep of a text, as {@link #readSweep}; the name of the file is for messages and origins.
   */
  public Sweep sweepOf(String yaml, String name, List<String> overrides) {
    if (yaml.length() > MOST_BYTES) {
      throw only(name, TOO_LARGE);
    }
    return new SweepReader(this, yaml, name, overrides).read();
  }

  /** The keys of a file of these entries, under these overrides. */
  Vocabulary vocabularyOf(List<Yaml.Entry> entries, List<String> overrides) {
    return vocabulary(said(entries), overrides);
  }

  /** The experiment of these entries; the later of two with the same key wins. */
  Experiment of(
      List<List<Yaml.Entry>> layered, String name, List<String> overrides, Problems problems) {
    List<Yaml.Entry> entries = layered.stream().flatMap(List::stream).toList();
    Vocabulary vocabulary = vocabularyOf(entries, overrides);
    Layers layers = new Layers(vocabulary, problems);
    layered.forEach(layers::add);
    layers.add(new CommandLineEntries(vocabulary).overrides(overrides, problems));
    return experiment(layers.resolve(new Place(name, 1, 1)), problems);
  }

  private static Map<String, String> said(Collection<Yaml.Entry> entries) {
    Map<String, String> said = new HashMap<>();
    for (Yaml.Entry entry : entries) {
      if (entry.items().size() == 1) {
        said.put(entry.path(), entry.items().get(0).text());
      }
    }
    return said;
  }

  /** The experiment of a command line: overrides, as in {@link #read}, over flags, no key twice. */
  public Experiment of(List<Flag> flags, List<String> overrides) {
    Problems problems = new Problems();
    Vocabulary vocabulary = vocabulary(said(flags), overrides);
    CommandLineEntries commandLine = new CommandLineEntries(vocabulary);
    Layers layers = new Layers(vocabulary, problems);
    layers.add(commandLine.flags(flags));
    layers.add(commandLine.overrides(overrides, problems));
    return experiment(layers.resolve(Place.of("command line")), problems);
  }

  private static Map<String, String> said(List<Flag> flags) {
    Map<String, String> said = new HashMap<>();
    flags.forEach(flag -> said.put(flag.key(), flag.value()));
    return said;
  }

  /** The keys of an experiment that says so, under these overrides. */
  private Vocabulary vocabulary(Map<String, String> said, List<String> overrides) {
    overrides.forEach(
        text -> said.put(CommandLineEntries.pathOf(text), CommandLineEntries.valueOf(text)));
    return new Vocabulary(
        declared,
        strategies.values(),
        Optional.ofNullable(said.get(Strategy.NAME))
            .filter(name -> ExperimentFile.MAP.equals(said.get(ExperimentFile.SUBJECT)))
            .flatMap(name -> Optional.ofNullable(strategies.get(name))));
  }

  private Experiment experiment(Settings settings, Problems problems) {
    List<Long> seeds = seeds(settings, problems);
    Optional<Subject> subject =
        new SubjectReader(strategies, networks, sources, settings, problems).read();
    Optional<RunPlan> plan = RunPlan.read(settings, problems);
    Optional<RunOptions> run = RunOptions.read(settings, problems);
    Optional<EngineOptions> engine =
        settings
            .section("engine", Engine.class)
            .flatMap(section -> problems.attempt(settings.blame(Engine.DEVICE), section::options));
    if (subject.isPresent() && plan.isPresent()) {
      check(subject.get(), plan.get(), settings, problems);
    }
    problems.throwIfAny();
    return new Experiment(
        subject.orElseThrow(),
        plan.orElseThrow(),
        seeds,
        run.orElseThrow(),
        run.get().contributed().stream()
            .map(name -> ListenerFactory.Named.of(listeners, name))
            .toList(),
        engine.orElseThrow(),
        settings);
  }

  private static List<Long> seeds(Settings settings, Problems problems) {
    List<Long> seeds =
        settings.value(ExperimentFile.SEEDS).stream()
            .flatMap(list -> ((List<?>) list).stream())
            .map(Long.class::cast)
            .toList();
    Place place = settings.blame(ExperimentFile.SEEDS);
    if (settings.has(ExperimentFile.SEEDS) && seeds.isEmpty()) {
      problems.add(place, "seeds ([]) must hold at least one");
    }
    if (new HashSet<>(seeds).size() < seeds.size()) {
      problems.add(
          place,
          "seeds (%s) must differ from each other".formatted(Problems.shown(seeds.toString())));
    }
    return seeds;
  }

  private static void check(Subject subject, RunPlan plan, Settings settings, Problems problems) {
    TrainingObjective objective =
        subject instanceof Subject.Generator generator
            ? generator.objective().terms()
            : ((Subject.SelfMap) subject).objective();
    List<String> terms = objective.terms().stream().map(TrainingObjective.Term::name).toList();
    Optional<String> watched = plan.stop().term();
    if (watched.filter(term -> !terms.contains(term)).isPresent()) {
      problems.add(
          settings.blame(RunPlan.Stop.TERM),
          Suggestions.unknown(RunPlan.Stop.TERM, Problems.shown(watched.get()), terms));
    } else if (subject instanceof Subject.SelfMap map) {
      problems.attempt(
          settings.blame(
              ExperimentFile.Data.SOURCE,
              ExperimentFile.Network.NAME,
              ExperimentFile.Network.WIDTHS),
          () -> map.task(plan.of(1, 1)));
    }
  }

  /** The parameters of a strategy of the catalogue that a file can set, with their values there. */
  public Map<String, String> parameters(String strategy) {
    StrategyParameters parameters = strategies.get(strategy);
    return parameters == null ? Map.of() : parameters.shown();
  }

  /** The JSON Schema (draft 2020-12) of experiment files, for editors. */
  public String schema() {
    List<Sample> samples = new ArrayList<>();
    for (String method : Method.labels()) {
      samples.add(sample("generator", method, List.of(flag(ExperimentFile.METHOD, method))));
    }
    Flag map = flag(ExperimentFile.SUBJECT, ExperimentFile.MAP);
    for (String name : strategies.keySet()) {
      samples.add(sample(ExperimentFile.MAP, name, List.of(map, flag(Strategy.NAME, name))));
    }
    return new SchemaWriter(vocabulary(new HashMap<>(), List.of()), samples).write();
  }

  private static Flag flag(String key, String value) {
    return new Flag(key, value, Sample.PLACE);
  }

  private Sample sample(String group, String label, List<Flag> flags) {
    Vocabulary vocabulary = vocabulary(said(flags), List.of());
    Layers layers = new Layers(vocabulary, new Problems());
    layers.add(new CommandLineEntries(vocabulary).flags(flags));
    return new Sample(group, label, vocabulary, layers.resolve(Place.of(Sample.PLACE)));
  }
}
