package dev.idem.runs.experiment;

import dev.idem.api.check.Require;
import dev.idem.api.check.Suggestions;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.Method;
import dev.idem.models.network.Mlp;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.ExperimentFile.Data;
import dev.idem.runs.experiment.ExperimentFile.Strategy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what is trained: a generator of the generative module, or a map of the catalogues. */
final class SubjectReader {

  private static final String IDEMPOTENCY = "idempotency";

  private final Map<String, StrategyParameters> strategies;
  private final Catalogue<Network> networks;
  private final Catalogue<DataSource> sources;
  private final Values values;
  private final Problems problems;

  SubjectReader(
      Map<String, StrategyParameters> strategies,
      Catalogue<Network> networks,
      Catalogue<DataSource> sources,
      Values values,
      Problems problems) {
    this.strategies = strategies;
    this.networks = networks;
    this.sources = sources;
    this.values = values;
    this.problems = problems;
  }

  Optional<Subject> read() {
    Optional<String> subject = values.text(ExperimentFile.SUBJECT);
    return subject.filter(ExperimentFile.MAP::equals).isPresent() ? map() : generator();
  }

  private Optional<Subject> generator() {
    Optional<String> source =
        values
            .text(Data.SOURCE)
            .flatMap(name -> problems.attempt(values.blame(Data.SOURCE), () -> images(name)));
    Optional<Method> method = values.text(ExperimentFile.METHOD).flatMap(Method::labelled);
    Optional<NoiseKind> noise = values.text(ExperimentFile.NOISE).flatMap(NoiseKind::labelled);
    Optional<Strategy> strategy = values.section(Strategy.SECTION, Strategy.class);
    Optional<GenerativeObjective> objective =
        method.isEmpty() || strategy.isEmpty()
            ? Optional.empty()
            : problems.attempt(
                values.blame(StrategyParameters.COEFFICIENTS),
                () -> strategy.get().objective(method.get()));
    Optional<Data> data = values.section("data", Data.class);
    Optional<ExperimentFile.Network> network =
        values.section("network", ExperimentFile.Network.class);
    boolean suits = data.isPresent() && network.isPresent() && suits(network.get(), data.get());
    return !suits || source.isEmpty() || noise.isEmpty() || objective.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Subject.Generator(
                method.orElseThrow(),
                data.get().shape(),
                network.get().architecture().orElseThrow(),
                network.get().normalized(),
                noise.get(),
                objective.get(),
                source.get()));
  }

  /** Whether the architecture is for images of that shape; that it is not is a problem. */
  private boolean suits(ExperimentFile.Network network, Data data) {
    return problems
        .attempt(
            values.blame(
                ExperimentFile.Network.ARCHITECTURE,
                Data.SIZE,
                Data.GREY,
                Data.SOURCE,
                ExperimentFile.PRESET),
            () -> network.architecture().orElseThrow().network(data.shape(), network.normalized()))
        .isPresent();
  }

  /**
   * Returns {@code name} if images of a generator may have it.
   *
   * @throws IllegalArgumentException if it has none of the forms of {@link Data#FORMS}
   */
  private static String images(String name) {
    List<String> forms = List.of(Data.FORMS.split(", | or ", -1));
    String prefix =
        Stream.of("mnist:", Data.FOLDER, "fetched:")
            .filter(name::startsWith)
            .findFirst()
            .orElse("");
    String hint = Suggestions.hint(name, forms);
    Require.argument(
        prefix.isEmpty() ? name.equals("mnist") : name.length() > prefix.length(),
        "%s ('%s') must be %s%s",
        Data.SOURCE,
        name,
        Data.FORMS,
        hint);
    try {
      return prefix + Path.of(name.substring(prefix.length()));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s ('%s') names no folder: %s".formatted(Data.SOURCE, name, e.getReason()), e);
    }
  }

  private Optional<Subject> map() {
    Optional<String> name = values.text(Strategy.NAME);
    Optional<IdempotencyStrategy> strategy =
        name.flatMap(known -> Optional.ofNullable(strategies.get(known)))
            .flatMap(parameters -> parameters.with(values, problems));
    Optional<Network> network =
        values
            .section("network", ExperimentFile.Network.class)
            .flatMap(
                section ->
                    problems.attempt(
                        values.blame(ExperimentFile.Network.WIDTHS, ExperimentFile.Network.NAME),
                        () -> network(section)));
    Optional<String> data = values.text(Data.SOURCE);
    Optional<DataSource> source =
        data.flatMap(
            known -> problems.attempt(values.blame(Data.SOURCE), () -> sources.get(known)));
    return strategy.isEmpty() || network.isEmpty() || source.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Subject.SelfMap(
                name.get(), terms(strategy.get()), network.get(), data.get(), source.get()));
  }

  private Network network(ExperimentFile.Network section) {
    if (section.widths().isEmpty()) {
      return networks.get(section.name().orElseThrow());
    }
    int[] widths = section.widths().get().stream().mapToInt(Math::toIntExact).toArray();
    Mlp mlp = Mlp.builder(widths).normalization(section.normalized()).build();
    mlp.parameterCount();
    return mlp;
  }

  private TrainingObjective terms(IdempotencyStrategy strategy) {
    List<Term> terms = new ArrayList<>();
    values
        .value(Strategy.RECONSTRUCTION_WEIGHT)
        .ifPresent(
            weight ->
                terms.add(
                    term(
                        GenerativeObjective.RECONSTRUCTION,
                        new ReconstructionStrategy(
                            (Double) weight, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN))));
    terms.add(term(IDEMPOTENCY, strategy));
    return new TrainingObjective(terms);
  }

  private static Term term(String name, IdempotencyStrategy strategy) {
    return new Term(name, strategy, TrainingObjective.DEFAULT_INPUT);
  }
}
