package dev.idem.runs.experiment;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Suggestions;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.Scale;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.models.network.Normalization;
import dev.idem.runs.experiment.Key.Computed;
import dev.idem.runs.experiment.Key.Default;
import dev.idem.runs.experiment.Key.Help;
import dev.idem.runs.experiment.Key.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** The keys of experiment files. Each is declared here, once; the largest sections apart. */
record ExperimentFile(
    @Help("Subject of the training.")
        @Setting(choices = "generator, " + MAP, byDefault = "generator")
        String subject,
    @Help("Preset of the values that are not set.")
        @Setting(
            choices = "smoke, " + USUAL_PRESET + ", paper",
            byDefault = USUAL_PRESET,
            decides = false)
        String preset,
    @Help("Training method of a generator.") @Setting(when = OF_GENERATOR, required = true)
        Optional<Method> method,
    @Help("Distribution of a generator's z.") @Setting(when = OF_GENERATOR, required = true)
        Optional<NoiseKind> noise,
    Data data,
    Network network,
    Strategy strategy,
    RunPlan plan,
    ScheduleKeys.OfTerms schedules,
    @Help("Seeds, one run each; every random draw of a run derives from its seed.")
        @Setting(byDefault = "1")
        List<Long> seeds,
    RunOptions run,
    Engine engine) {

  static final String MAP = "map";
  static final String USUAL_PRESET = "quick";
  static final String OF_GENERATOR = "subject generator";
  static final String OF_MAP = "subject map";

  // Keys that others look at, or at which problems of several are reported.
  static final String SUBJECT = "subject";
  static final String PRESET = "preset";
  static final String METHOD = "method";
  static final String NOISE = "noise";
  static final String SEEDS = "seeds";

  /** Defaults that depend on the values of other keys. */
  static final Map<String, Computed> DEFAULTS =
      Map.ofEntries(
          Map.entry(
              Data.SOURCE,
              settings ->
                  settings
                      .text(SUBJECT)
                      .filter("generator"::equals)
                      .flatMap(found -> Default.of("mnist"))),
          Map.entry(
              Strategy.IGN_PRESET,
              settings -> Default.of(Data.colour(settings) ? "ign-celeba" : "ign-mnist")),
          Map.entry(
              Strategy.RECONSTRUCTION_WEIGHT,
              settings -> ofIgn(settings, IgnObjective::reconstruction)),
          Map.entry(
              "strategy.idempotenceWeight", settings -> ofIgn(settings, IgnObjective::idempotence)),
          Map.entry(
              "strategy.tightnessWeight", settings -> ofIgn(settings, IgnObjective::tightness)),
          Map.entry(
              "strategy.distance",
              settings -> ofIgn(settings, objective -> Kind.label(objective.distance()))),
          Map.entry(
              "strategy.clampRatio",
              settings -> ofIgn(settings, objective -> objective.clampRatio().orElse(0))),
          Map.entry(
              "strategy.tightnessMargin",
              settings -> ofIgn(settings, objective -> objective.margin().orElse(0))),
          Map.entry(
              "strategy.weight",
              settings ->
                  settings.text(METHOD).flatMap(method -> Default.of(Method.DEFAULT_WEIGHT))),
          Map.entry(ScheduleKeys.NAME, settings -> Default.of(ScheduleKeys.USUAL)),
          Map.entry(StrategyParameters.ORDER, settings -> Default.of(1L)),
          Map.entry(
              "plan.evaluateEvery",
              settings ->
                  settings
                      .value(RunPlan.STEPS)
                      .flatMap(steps -> Default.of(GeneratorRecipe.evaluateEvery((Long) steps)))));

  private static Optional<Default> ofIgn(Settings settings, Function<IgnObjective, Object> part) {
    return settings
        .text(Strategy.IGN_PRESET)
        .map(
            preset ->
                new Default(
                    part.apply(IgnObjective.presets().get(preset)), "default of " + preset));
  }

  /** The data: images by their form, for a map the name of a source in the catalogue. */
  record Data(
      @Help("Images of a generator: " + FORMS + ". Data of a map: %s.") @Setting(required = true)
          String source,
      @Help("Height and width that the images of images:DIR are resized to.")
          @Setting(range = "from 8 to 512", when = OF_FOLDER, byDefault = "64")
          int size,
      @Help("Whether to convert the images of images:DIR to greyscale.") @Setting(when = OF_FOLDER)
          boolean grey) {

    /** Every form that the images of a generator may have. */
    static final String FORMS = "mnist, mnist:DIR, fetched:NAME or images:DIR";

    static final String SOURCE = "data.source";
    static final String SIZE = "data.size";
    static final String GREY = "data.grey";
    static final String OF_FOLDER = "data.source images:DIR";
    static final String FOLDER = "images:";
    private static final Shape DIGITS = Shape.of(28, 28, 1);

    /** Whether the images of a generator have colours. */
    static boolean colour(Settings settings) {
      return settings
          .text(SOURCE)
          .filter(source -> colour(source, settings.value(GREY).equals(Optional.of(true))))
          .isPresent();
    }

    static boolean colour(String source, boolean grey) {
      return source.startsWith(FOLDER) && !grey;
    }

    /** [h, w, c] of the images of a generator. */
    Shape shape() {
      return source.startsWith(FOLDER)
          ? Shape.of(size, size, colour(source, grey) ? 3 : 1)
          : DIGITS;
    }
  }

  /** The network: of a generator by its architecture, of a map by its name or its widths. */
  record Network(
      @Help("Network architecture of a generator.") @Setting(when = OF_GENERATOR, required = true)
          Optional<Architecture> architecture,
      @Help("Network of a map, by name.")
          @Setting(when = OF_MAP, insteadOf = WIDTHS, required = true)
          Optional<String> name,
      @Help("Layer widths of your own map, first and last equal.")
          @Setting(range = "from 1 to 65536", when = OF_MAP, insteadOf = NAME)
          Optional<List<Long>> widths,
      @Help(
              "Code of a map that is idempotent by construction: its encoder and decoder have the"
                  + " hidden widths each.")
          @Setting(range = "from 1 to 65536", when = WIDTHS)
          OptionalLong code,
      @Help("Trained reflections around such a map, which turn it into any direction.")
          @Setting(range = "from 1 to 65536", when = CODE)
          OptionalLong reflections,
      @Help("Normalisation of layer outputs.")
          @Setting(
              choices = "none, batch, group",
              when = OF_GENERATOR + " or " + WIDTHS,
              byDefault = "none")
          String normalization,
      @Help("Largest number of channel groups.")
          @Setting(range = "from 1 to 65536", when = "network.normalization group", byDefault = "8")
          int groups) {

    static final String ARCHITECTURE = "network.architecture";
    static final String NAME = "network.name";
    static final String WIDTHS = "network.widths";
    static final String CODE = "network.code";

    Normalization normalized() {
      return switch (normalization) {
        case "batch" -> Normalization.batch();
        case "group" -> new Normalization.Group(groups);
        default -> Normalization.none();
      };
    }
  }

  /**
   * The weights and parameters of a generator's method, and the name of a map's strategy. The
   * parameters of that strategy are in {@link StrategyParameters}; those of idem's own strategies
   * have the help texts and ranges of this record.
   */
  record Strategy(
      @Help("Strategy that makes a map idempotent.") @Setting(when = OF_MAP, required = true)
          Optional<String> name,
      @Help("Weight in the total loss.")
          @Setting(
              range = "positive",
              when = "method reconstruction+substituted, reconstruction+canonical")
          OptionalDouble weight,
      @Help("Order of the iterator's polynomial; 1 is the paper's 3K^2 - 2K^3.")
          @Setting(
              range = ORDERS,
              when = OF_SUBSTITUTED,
              insteadOf = StrategyParameters.COEFFICIENTS)
          OptionalLong order,
      @Help(
              "Coefficients of the iterator's polynomial, of K, K^2, ...; [0, 3, -2] is the"
                  + " paper's.")
          @Setting(when = OF_SUBSTITUTED, insteadOf = StrategyParameters.ORDER)
          Optional<List<Long>> coefficients,
      @Help("Cap of the iterator's step, as a multiple of the output's norm.")
          @Setting(range = "positive", when = OF_SUBSTITUTED)
          OptionalDouble stepCap,
      @Help("Divisor of a sum over the batch and its values.") Optional<Scale> scale,
      @Help("How far an output may go, in inputs' lengths.") @Setting(range = "positive")
          OptionalDouble radius,
      @Help("Weight of the canonical loss beside the limited gradient.")
          @Setting(range = "positive")
          OptionalDouble canonicalWeight,
      @Help("Preset of IGN's weights, distance, clamp and margin where these are not set.")
          @Setting(when = OF_IGN, decides = false)
          Optional<String> ignPreset,
      @Help("Weight of the reconstruction term.")
          @Setting(range = "positive", when = OF_IGN + " or " + OF_MAP)
          OptionalDouble reconstructionWeight,
      @Help("Weight of IGN's idempotence.") @Setting(range = "positive", when = OF_IGN)
          OptionalDouble idempotenceWeight,
      @Help("Weight of IGN's tightness; 0 omits it.") @Setting(range = "0 or more", when = OF_IGN)
          OptionalDouble tightnessWeight,
      @Help("Distance: squared error, or absolute error (L1).") @Setting(when = OF_IGN)
          Optional<Distance> distance,
      @Help("Ratio a of IGN's tightness clamp; 0 for no clamp.")
          @Setting(range = "0 or more", when = OF_IGN)
          OptionalDouble clampRatio,
      @Help("Residual beyond which IGN's tightness stops pushing a sample; 0 for no margin.")
          @Setting(range = "0 or more", when = OF_IGN)
          OptionalDouble tightnessMargin) {

    static final String NAME = "strategy.name";
    static final String IGN_PRESET = "strategy.ignPreset";
    static final String RECONSTRUCTION_WEIGHT = "strategy.reconstructionWeight";

    static final String OF_IGN = "method ign";
    static final String OF_SUBSTITUTED = "method reconstruction+substituted";

    /** Beyond, the polynomial's coefficients no longer fit into single precision. */
    static final String ORDERS = "from 1 to 10";

    private static OptionalDouble limit(OptionalDouble set) {
      return set.getAsDouble() == 0 ? OptionalDouble.empty() : set;
    }

    /** The objective of a generator's method, which has a value for what it takes. */
    GenerativeObjective objective(Method method) {
      return switch (method) {
        case RECONSTRUCTION_SUBSTITUTED ->
            ReconstructionObjective.substituted(
                weight.getAsDouble(),
                coefficients.isPresent()
                    ? StrategyParameters.polynomial(coefficients.get())
                    : StrategyParameters.polynomial(order.getAsLong()),
                stepCap);
        case RECONSTRUCTION_CANONICAL -> ReconstructionObjective.canonical(weight.getAsDouble());
        case RECONSTRUCTION -> ReconstructionObjective.alone();
        case IGN ->
            new IgnObjective(
                reconstructionWeight.getAsDouble(),
                idempotenceWeight.getAsDouble(),
                tightnessWeight.getAsDouble(),
                distance.orElseThrow(),
                limit(clampRatio),
                limit(tightnessMargin));
      };
    }
  }

  /** What a run computes on. */
  record Engine(
      @Help("Device: auto, cpu, gpu or gpu:N.") @Setting(byDefault = "auto", decides = false)
          String device,
      @Help(
              "Processor threads that a run computes on. Results depend on their number,"
                  + " through rounding.")
          @Setting(range = "from 1 to 1024", byDefault = "1")
          int threads,
      @Help("Precision of products; parameters stay float32.") @Setting(byDefault = "float32")
          Precision precision,
      @Help("Whether to compile with XLA where possible.") boolean xla) {

    static final String DEVICE = "engine.device";

    EngineOptions options() {
      try {
        return new EngineOptions(Device.parse(device), threads, precision, xla);
      } catch (IllegalArgumentException e) {
        String hint = Suggestions.hint(device, List.of("auto", "cpu", "gpu:0"));
        throw new IllegalArgumentException(DEVICE + ": " + e.getMessage() + hint, e);
      }
    }
  }
}
