package dev.idem.runs.experiment;

import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingObjective;
import dev.idem.models.data.DataSources;
import dev.idem.models.network.Networks;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Suggestions;
import dev.idem.runs.listener.ListenerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads experiment files: YAML, laid over a preset and under {@code --set}. All errors are reported
 * together, each with its line and column.
 */
public final class Experiments {

  private static final int MOST_BYTES = 1 << 20;

  private final Catalogue<IdempotencyStrategy> strategies;
  private final Catalogue<Network> networks;
  private final Catalogue<DataSource> sources;
  private final Catalogue<ListenerFactory> listeners;
  private final Vocabulary vocabulary;

  /** Files that may name what idem itself has. */
  public static Experiments builtIn() {
    Map<String, Supplier<IdempotencyStrategy>> strategies = new LinkedHashMap<>();
    Strategies.all().forEach((name, strategy) -> strategies.put(name, () -> strategy));
    Map<String, Supplier<Network>> networks = new LinkedHashMap<>();
    Networks.all().forEach((name, network) -> networks.put(name, () -> network));
    return new Experiments(
        new Catalogue<>("strategy", strategies, List.of()),
        new Catalogue<>("network", networks, List.of()),
        new Catalogue<>("data source", DataSources.all(), List.of()),
        new Catalogue<>("listener", Map.of(), List.of()));
  }

  /** Files that may name what these hold. */
  public Experiments(
      Catalogue<IdempotencyStrategy> strategies,
      Catalogue<Network> networks,
      Catalogue<DataSource> sources,
      Catalogue<ListenerFactory> listeners) {
    this.strategies = strategies;
    this.networks = networks;
    this.sources = sources;
    this.listeners = listeners;
    Map<String, IdempotencyStrategy> byName = new LinkedHashMap<>();
    strategies.names().forEach(name -> byName.put(name, strategies.get(name)));
    this.vocabulary =
        new Vocabulary(byName, networks.names(), sources.names(), listeners.contributed());
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

  /**
   * The experiment of a text.
   *
   * @param yaml the text of a file
   * @param name of the file, in messages and origins
   * @param overrides as {@link #read}
   * @throws ExperimentException with everything that is wrong with either
   */
  public Experiment of(String yaml, String name, List<String> overrides) {
    Problems problems = new Problems();
    if (yaml.length() > MOST_BYTES) {
      throw only(name, "larger than an experiment can be, 1 MiB");
    }
    RawReader.Read written = RawReader.read(yaml, name, problems);
    Layer file = Layer.of(written.entries(), vocabulary, problems);
    Layer line = Layer.of(Overrides.of(overrides, vocabulary, problems), vocabulary, problems);
    if (!written.complete()) {
      // What was not read is not missing.
      problems.throwIfAny();
    }
    return of(List.of(file, line), new Place(name, 1, 1), problems);
  }

  /**
   * The experiment of a command line.
   *
   * @param flags no key twice
   * @param overrides as {@link #read}, over the flags
   * @throws ExperimentException with everything that is wrong with either
   */
  public Experiment of(List<Flag> flags, List<String> overrides) {
    Problems problems = new Problems();
    Layer options = Layer.of(Overrides.ofFlags(flags, vocabulary), vocabulary, problems);
    Layer line = Layer.of(Overrides.of(overrides, vocabulary, problems), vocabulary, problems);
    return of(List.of(options, line), Place.of("command line"), problems);
  }

  private Experiment of(List<Layer> layers, Place start, Problems problems) {
    Resolver resolver = new Resolver(vocabulary, start, problems);
    Values values = resolver.resolve(layers);

    RunReader reader = new RunReader(listeners, values, resolver, problems);
    List<Long> seeds = reader.seeds();
    Optional<Subject> subject =
        new SubjectReader(strategies, networks, sources, values, resolver, problems).read();
    Optional<RunPlan> plan = new PlanReader(values, resolver, problems).read();
    Optional<RunOptions> run = reader.options();
    Optional<EngineOptions> engine = reader.engine();
    if (subject.isPresent() && plan.isPresent()) {
      check(subject.get(), plan.get(), values, resolver, problems);
    }
    problems.throwIfAny();
    return new Experiment(
        subject.orElseThrow(),
        plan.orElseThrow(),
        seeds,
        run.orElseThrow(),
        engine.orElseThrow(),
        new Settings(values));
  }

  private static void check(
      Subject subject, RunPlan plan, Values values, Resolver resolver, Problems problems) {
    TrainingObjective objective =
        subject instanceof Subject.Generator generator
            ? generator.objective().terms()
            : ((Subject.SelfMap) subject).objective();
    List<String> terms = objective.terms().stream().map(TrainingObjective.Term::name).toList();
    Optional<String> watched = values.text(PlanKeys.STOP_TERM);
    if (watched.filter(term -> !terms.contains(term)).isPresent()) {
      problems.add(
          resolver.blame(PlanKeys.STOP_TERM),
          Suggestions.unknown(PlanKeys.STOP_TERM, Problems.shown(watched.get()), terms));
    } else if (subject instanceof Subject.SelfMap map) {
      problems.attempt(
          resolver.blame(SubjectKeys.DATA, SubjectKeys.NETWORK, SubjectKeys.WIDTHS),
          () -> map.task(plan.of(1, 1)));
    }
  }

  private static String text(Path file, String name) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw only(name, "larger than an experiment can be, 1 MiB");
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

  /** The JSON Schema (draft 2020-12) of experiment files, for editors. */
  public String schema() {
    return SchemaWriter.write(vocabulary);
  }
}
