package dev.idem.runs.experiment;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.recipe.Architecture;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import dev.idem.generative.recipe.Method;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import dev.idem.runs.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is trained: a generator of the generative module, or a map out of the catalogues. */
final class SubjectReader {

  private static final String IDEMPOTENCY = "idempotency";

  private final Catalogue<IdempotencyStrategy> strategies;
  private final Catalogue<Network> networks;
  private final Catalogue<DataSource> sources;
  private final Values values;
  private final Resolver resolver;
  private final Problems problems;

  SubjectReader(
      Catalogue<IdempotencyStrategy> strategies,
      Catalogue<Network> networks,
      Catalogue<DataSource> sources,
      Values values,
      Resolver resolver,
      Problems problems) {
    this.strategies = strategies;
    this.networks = networks;
    this.sources = sources;
    this.values = values;
    this.resolver = resolver;
    this.problems = problems;
  }

  Optional<Subject> read() {
    return values.text(SubjectKeys.SUBJECT).filter(SubjectKeys.MAP::equals).isPresent()
        ? map()
        : generator();
  }

  private Optional<Subject> generator() {
    Optional<String> data =
        problems.attempt(
            resolver.blame(SubjectKeys.DATA),
            () -> ImageNames.checked(values.textOf(SubjectKeys.DATA)));
    Optional<GenerativeObjective> objective =
        problems.attempt(resolver.blame(StrategyParameters.COEFFICIENTS), this::objective);
    // Says so if the architecture is not for images of that shape.
    Optional<Network> network =
        problems.attempt(
            resolver.blame(
                SubjectKeys.ARCHITECTURE,
                SubjectKeys.SIZE,
                SubjectKeys.GREY,
                SubjectKeys.DATA,
                SubjectKeys.PRESET),
            () -> architecture().network(shape(), normalization()));
    if (data.isEmpty() || objective.isEmpty() || network.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        resolver.blame(SubjectKeys.NOISE),
        () ->
            new Subject.Generator(
                method(),
                shape(),
                architecture(),
                normalization(),
                NoiseKind.labelled(values.textOf(SubjectKeys.NOISE)).orElseThrow(),
                objective.get(),
                data.get()));
  }

  private Shape shape() {
    return ImageNames.shape(values);
  }

  private Method method() {
    return Method.labelled(values.textOf(SubjectKeys.METHOD)).orElseThrow();
  }

  private Architecture architecture() {
    return Architecture.labelled(values.textOf(SubjectKeys.ARCHITECTURE)).orElseThrow();
  }

  private Normalization normalization() {
    return switch (values.textOf(SubjectKeys.NORMALIZATION)) {
      case "batch" -> Normalization.batch();
      case "group" ->
          new Normalization.Group(Math.toIntExact(values.integerOf(SubjectKeys.GROUPS)));
      default -> Normalization.none();
    };
  }

  private GenerativeObjective objective() {
    return switch (method()) {
      case RECONSTRUCTION_SUBSTITUTED ->
          ReconstructionObjective.substituted(
              values.numberOf(StrategyParameters.WEIGHT),
              StrategyParameters.polynomial(values),
              values.number(StrategyParameters.STEP_CAP));
      case RECONSTRUCTION_CANONICAL ->
          ReconstructionObjective.canonical(values.numberOf(StrategyParameters.WEIGHT));
      case RECONSTRUCTION -> ReconstructionObjective.alone();
      case IGN -> {
        double clamp = values.numberOf(StrategyKeys.CLAMP_RATIO);
        yield new IgnObjective(
            values.numberOf(StrategyKeys.RECONSTRUCTION_WEIGHT),
            values.numberOf(StrategyKeys.IDEMPOTENCE_WEIGHT),
            values.numberOf(StrategyKeys.TIGHTNESS_WEIGHT),
            StrategyParameters.distance(values),
            clamp == 0 ? OptionalDouble.empty() : OptionalDouble.of(clamp));
      }
    };
  }

  private Optional<Subject> map() {
    Optional<IdempotencyStrategy> strategy =
        problems.attempt(
            resolver.blame(
                StrategyParameters.COEFFICIENTS, StrategyParameters.ORDER, StrategyKeys.NAME),
            () ->
                StrategyParameters.applied(
                    strategies.get(values.textOf(StrategyKeys.NAME)), values));
    Optional<Network> network =
        problems.attempt(resolver.blame(SubjectKeys.WIDTHS, SubjectKeys.NETWORK), this::network);
    Optional<DataSource> source =
        problems.attempt(
            resolver.blame(SubjectKeys.DATA), () -> sources.get(values.textOf(SubjectKeys.DATA)));
    if (strategy.isEmpty() || network.isEmpty() || source.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        resolver.blame(SubjectKeys.DATA),
        () ->
            new Subject.SelfMap(
                values.textOf(StrategyKeys.NAME),
                terms(strategy.get()),
                network.get(),
                values.textOf(SubjectKeys.DATA),
                source.get()));
  }

  private Network network() {
    if (!values.has(SubjectKeys.WIDTHS)) {
      return networks.get(values.textOf(SubjectKeys.NETWORK));
    }
    int[] widths =
        values.integers(SubjectKeys.WIDTHS).stream().mapToInt(Math::toIntExact).toArray();
    Mlp mlp = Mlp.builder(widths).normalization(normalization()).build();
    mlp.parameterCount();
    return mlp;
  }

  private TrainingObjective terms(IdempotencyStrategy strategy) {
    List<Term> terms = new ArrayList<>();
    values
        .number(StrategyKeys.RECONSTRUCTION_WEIGHT)
        .ifPresent(
            weight ->
                terms.add(
                    term(
                        GenerativeObjective.RECONSTRUCTION,
                        new ReconstructionStrategy(
                            weight, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN))));
    terms.add(term(IDEMPOTENCY, strategy));
    return new TrainingObjective(terms);
  }

  private static Term term(String name, IdempotencyStrategy strategy) {
    return new Term(name, strategy, TrainingObjective.DEFAULT_INPUT);
  }
}
