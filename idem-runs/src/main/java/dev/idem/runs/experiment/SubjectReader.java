package dev.idem.runs.experiment;

import dev.idem.api.check.Require;
import dev.idem.api.check.Suggestions;
import dev.idem.api.data.DataSource;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.experiment.Experiment.Subject;
import dev.idem.runs.experiment.ExperimentFile.Data;
import dev.idem.runs.experiment.ExperimentFile.Network;
import dev.idem.runs.experiment.ExperimentFile.Strategy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what is trained: a generator of the generative module, or a map of the catalogues. */
record SubjectReader(
    Map<String, StrategyParameters> strategies,
    Catalogue<dev.idem.api.network.Network> networks,
    Catalogue<DataSource> sources,
    Settings settings,
    Problems problems) {

  Optional<Subject> read() {
    Optional<String> subject = settings.text(ExperimentFile.SUBJECT);
    return subject.filter(ExperimentFile.MAP::equals).isPresent() ? map() : generator();
  }

  private Optional<Subject> generator() {
    Optional<String> source =
        settings
            .text(Data.SOURCE)
            .flatMap(name -> problems.attempt(settings.blame(Data.SOURCE), () -> images(name)));
    Optional<Method> method = settings.text(ExperimentFile.METHOD).flatMap(Method::labelled);
    Optional<NoiseKind> noise = settings.text(ExperimentFile.NOISE).flatMap(NoiseKind::labelled);
    Optional<GenerativeObjective> objective =
        settings
            .section("strategy", Strategy.class)
            .filter(strategy -> method.isPresent())
            .flatMap(
                strategy ->
                    problems.attempt(
                        settings.blame(StrategyParameters.COEFFICIENTS),
                        () -> strategy.objective(method.get())))
            .flatMap(unscheduled -> scheduled(unscheduled::withSchedules));
    Optional<Data> data = settings.section("data", Data.class);
    Optional<Network> network = settings.section("network", Network.class);
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
  private boolean suits(Network network, Data data) {
    return problems
        .attempt(
            settings.blame(
                Network.ARCHITECTURE, Data.SIZE, Data.GREY, Data.SOURCE, ExperimentFile.PRESET),
            () -> network.architecture().orElseThrow().network(data.shape(), network.normalized()))
        .isPresent();
  }

  /** Returns {@code name} if it has one of the forms of {@link Data#FORMS}. */
  private static String images(String name) {
    List<String> forms = List.of(Data.FORMS.split(", | or ", -1));
    String prefix =
        Stream.of("mnist:", Data.FOLDER, "fetched:")
            .filter(name::startsWith)
            .findFirst()
            .orElse("");
    Require.argument(
        prefix.isEmpty() ? name.equals("mnist") : name.length() > prefix.length(),
        "%s ('%s') must be %s%s",
        Data.SOURCE,
        name,
        Data.FORMS,
        Suggestions.hint(name, forms));
    try {
      return prefix + Path.of(name.substring(prefix.length()));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s ('%s') is not a valid path: %s".formatted(Data.SOURCE, name, e.getReason()), e);
    }
  }

  private Optional<Subject> map() {
    Optional<String> name = settings.text(Strategy.NAME);
    Optional<IdempotencyStrategy> strategy =
        name.flatMap(known -> Optional.ofNullable(strategies.get(known)))
            .flatMap(parameters -> parameters.with(settings, problems));
    Optional<dev.idem.api.network.Network> network =
        settings
            .section("network", Network.class)
            .flatMap(
                section ->
                    problems
                        .attempt(
                            settings.blame(Network.WIDTHS, Network.NAME), () -> network(section))
                        .flatMap(
                            plain ->
                                problems.attempt(
                                    settings.blame(Network.CODE), () -> exact(section, plain))));
    Optional<String> data = settings.text(Data.SOURCE);
    Optional<DataSource> source =
        data.flatMap(
            known -> problems.attempt(settings.blame(Data.SOURCE), () -> sources.get(known)));
    Optional<TrainingObjective> objective =
        strategy.flatMap(known -> scheduled(terms(known)::withSchedules));
    return objective.isEmpty() || network.isEmpty() || source.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Subject.SelfMap(
                name.get(), objective.get(), network.get(), data.get(), source.get()));
  }

  /** An objective with the schedules of the file; that it has no such term is a problem. */
  private <O> Optional<O> scheduled(Function<Map<String, Schedule>, O> objective) {
    return ScheduleKeys.OfTerms.read(settings, problems)
        .flatMap(
            schedules ->
                problems.attempt(
                    // The only one that may be missing, as its weight may be 0.
                    settings.blame(ScheduleKeys.OfTerms.path("tightness") + ".name"),
                    () -> objective.apply(schedules)));
  }

  private dev.idem.api.network.Network network(Network section) {
    if (section.widths().isEmpty()) {
      return networks.get(section.name().orElseThrow());
    }
    int[] widths = section.widths().get().stream().mapToInt(Math::toIntExact).toArray();
    Mlp mlp = Mlp.of(widths).withNormalization(section.normalized());
    mlp.parameterCount();
    return mlp;
  }

  /** The network that has a code in the place of {@code plain}; that itself without one. */
  private static dev.idem.api.network.Network exact(
      Network section, dev.idem.api.network.Network plain) {
    if (section.code().isEmpty()) {
      return plain;
    }
    int numbers = plain.shape().size();
    int code = Math.toIntExact(section.code().getAsLong());
    Require.argument(
        code < numbers,
        "%s (%s) must be less than the %s numbers of a sample, the first of %s",
        Network.CODE,
        code,
        numbers,
        Network.WIDTHS);
    dev.idem.api.network.Network coupled =
        Idempotent.coupled(
            half(section, numbers - code, code), half(section, code, numbers - code));
    return section.reflections().isEmpty()
        ? coupled
        : Idempotent.turned(coupled, Math.toIntExact(section.reflections().getAsLong()));
  }

  /** Between a code and the rest of a sample, with the hidden widths of the section. */
  private static dev.idem.api.network.Network half(Network section, int from, int to) {
    int[] widths = section.widths().orElseThrow().stream().mapToInt(Math::toIntExact).toArray();
    widths[0] = from;
    widths[widths.length - 1] = to;
    return Networks.fromZero(Mlp.between(widths).withNormalization(section.normalized()));
  }

  private TrainingObjective terms(IdempotencyStrategy strategy) {
    List<Term> terms = new ArrayList<>();
    settings
        .value(Strategy.RECONSTRUCTION_WEIGHT)
        .map(Double.class::cast)
        .map(
            weight ->
                new ReconstructionStrategy(weight, Distance.SQUARED, Scale.BATCH_AND_WIDTH_MEAN))
        .ifPresent(term -> terms.add(term(GenerativeObjective.RECONSTRUCTION, term)));
    terms.add(term("idempotency", strategy));
    return new TrainingObjective(terms);
  }

  private static Term term(String name, IdempotencyStrategy strategy) {
    return new Term(name, strategy, TrainingObjective.DEFAULT_INPUT);
  }
}
