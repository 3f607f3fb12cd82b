package dev.idem.runs.experiment;

import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.Method;
import dev.idem.runs.experiment.Key.Fallback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The keys of the section {@code strategy}: its name and its parameters. */
final class StrategyKeys {

  static final String NAME = "strategy.name";
  static final String IGN_PRESET = "strategy.ignPreset";
  static final String RECONSTRUCTION_WEIGHT = "strategy.reconstructionWeight";
  static final String IDEMPOTENCE_WEIGHT = "strategy.idempotenceWeight";
  static final String TIGHTNESS_WEIGHT = "strategy.tightnessWeight";
  static final String CLAMP_RATIO = "strategy.clampRatio";

  private static final When IS_IGN = is(Method.IGN);
  private static final When IS_SUBSTITUTED = is(Method.RECONSTRUCTION_SUBSTITUTED);

  /** Beyond, the polynomial's coefficients no longer fit into single precision. */
  private static final Range ORDERS = Range.between(1, 10);

  private final Map<String, IdempotencyStrategy> strategies;

  StrategyKeys(Map<String, IdempotencyStrategy> strategies) {
    this.strategies = strategies;
  }

  private static When is(Method... methods) {
    return When.is(SubjectKeys.METHOD, Arrays.stream(methods).map(Method::label).toList());
  }

  List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    keys.add(
        Key.choice(NAME, List.copyOf(strategies.keySet()), "Strategy that makes a map idempotent.")
            .when(SubjectKeys.IS_MAP)
            .required()
            .build());
    keys.addAll(shared());
    keys.addAll(ign());
    return keys;
  }

  private List<Key> shared() {
    return List.of(
        having(
                StrategyParameters.WEIGHT,
                Key.number(StrategyParameters.WEIGHT, "Weight in the total loss.").positive())
            .when(is(Method.RECONSTRUCTION_SUBSTITUTED, Method.RECONSTRUCTION_CANONICAL))
            .otherwise(values -> parameter(values, StrategyParameters.WEIGHT, weight(values)))
            .build(),
        having(
                StrategyParameters.ORDER,
                Key.integer(
                        StrategyParameters.ORDER,
                        "Order of the iterator's polynomial; 1 is the paper's 3K^2 - 2K^3.")
                    .in(ORDERS))
            .when(IS_SUBSTITUTED)
            .insteadOf(StrategyParameters.COEFFICIENTS)
            .otherwise(values -> parameter(values, StrategyParameters.ORDER, Fallback.of(1L)))
            .build(),
        having(
                StrategyParameters.COEFFICIENTS,
                Key.integer(
                        StrategyParameters.COEFFICIENTS,
                        "Coefficients of the iterator's polynomial, of K, K^2, ...; [0, 3, -2] is"
                            + " the paper's.")
                    .list())
            .when(IS_SUBSTITUTED)
            .insteadOf(StrategyParameters.ORDER)
            .otherwise(
                values -> parameter(values, StrategyParameters.COEFFICIENTS, Optional.empty()))
            .build(),
        having(
                StrategyParameters.STEP_CAP,
                Key.number(
                        StrategyParameters.STEP_CAP,
                        "Cap of the iterator's step, as a multiple of the output's norm.")
                    .positive())
            .when(IS_SUBSTITUTED)
            .build(),
        inMap(
            Key.choice(
                StrategyParameters.SCALE,
                Labels.of(Scale.class),
                "Divisor of a sum over the batch and its values."),
            StrategyParameters.SCALE),
        inMap(
            Key.number(StrategyParameters.RADIUS, "How far an output may go, in inputs' lengths.")
                .positive(),
            StrategyParameters.RADIUS),
        inMap(
            Key.number(
                    StrategyParameters.CANONICAL_WEIGHT,
                    "Weight of the canonical loss beside the limited gradient.")
                .positive(),
            StrategyParameters.CANONICAL_WEIGHT));
  }

  private List<Key> ign() {
    return List.of(
        Key.choice(
                IGN_PRESET,
                List.copyOf(IgnObjective.presets().keySet()),
                "Preset of IGN's weights, distance and clamp where these are not set.")
            .when(IS_IGN)
            .otherwise(
                values -> Fallback.of(ImageNames.colour(values) ? "ign-celeba" : "ign-mnist"))
            .aside()
            .build(),
        Key.number(RECONSTRUCTION_WEIGHT, "Weight of the reconstruction term.")
            .positive()
            .when(IS_IGN)
            .when(SubjectKeys.IS_MAP)
            .otherwise(values -> ign(values, IgnObjective::reconstruction))
            .build(),
        Key.number(IDEMPOTENCE_WEIGHT, "Weight of IGN's idempotence.")
            .positive()
            .when(IS_IGN)
            .otherwise(values -> ign(values, IgnObjective::idempotence))
            .build(),
        Key.number(TIGHTNESS_WEIGHT, "Weight of IGN's tightness; 0 omits it.")
            .in(Range.notNegative())
            .when(IS_IGN)
            .otherwise(values -> ign(values, IgnObjective::tightness))
            .build(),
        having(
                StrategyParameters.DISTANCE,
                Key.choice(
                    StrategyParameters.DISTANCE,
                    Labels.of(Distance.class),
                    "Distance: squared error, or absolute error (L1)."))
            .when(IS_IGN)
            .otherwise(
                values ->
                    parameter(
                        values,
                        StrategyParameters.DISTANCE,
                        ign(values, objective -> Labels.of(objective.distance()))))
            .build(),
        Key.number(CLAMP_RATIO, "Ratio a of IGN's tightness clamp; 0 for no clamp.")
            .in(Range.notNegative())
            .when(IS_IGN)
            .otherwise(values -> ign(values, objective -> ratio(objective.clampRatio())))
            .build());
  }

  private static double ratio(OptionalDouble clamp) {
    return clamp.orElse(0);
  }

  /** The key of a parameter that only maps' strategies have. */
  private Key inMap(Key.Builder key, String path) {
    return having(path, key).otherwise(values -> parameter(values, path, Optional.empty())).build();
  }

  /** Applies to the strategies that have the parameter. */
  private Key.Builder having(String path, Key.Builder key) {
    List<String> names =
        strategies.entrySet().stream()
            .filter(entry -> StrategyParameters.of(entry.getValue()).containsKey(path))
            .map(Map.Entry::getKey)
            .toList();
    return names.isEmpty() ? key : key.when(When.is(NAME, names));
  }

  /** What the parameter is in the map's strategy; {@code otherwise} in a generator's method. */
  private Optional<Fallback> parameter(Values values, String path, Optional<Fallback> otherwise) {
    Optional<String> name = values.text(NAME);
    return name.isEmpty()
        ? otherwise
        : Optional.ofNullable(strategies.get(name.get()))
            .flatMap(
                strategy -> StrategyParameters.of(strategy).getOrDefault(path, Optional.empty()))
            .map(value -> new Fallback(value, "default of " + name.get()));
  }

  private static Optional<Fallback> weight(Values values) {
    return values.has(SubjectKeys.METHOD) ? Fallback.of(Method.DEFAULT_WEIGHT) : Optional.empty();
  }

  private static Optional<Fallback> ign(Values values, Function<IgnObjective, Object> part) {
    return values
        .text(IGN_PRESET)
        .flatMap(name -> Optional.ofNullable(IgnObjective.presets().get(name)))
        .map(preset -> new Fallback(part.apply(preset), "default of " + values.textOf(IGN_PRESET)));
  }
}
