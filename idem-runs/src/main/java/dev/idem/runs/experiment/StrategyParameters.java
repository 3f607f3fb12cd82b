package dev.idem.runs.experiment;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.AnchoredStrategy;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.LimitedStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/** Which parameters a strategy has, what they are in it, and the strategy with others. */
final class StrategyParameters {

  private static final String SECTION = "strategy.";
  static final String WEIGHT = SECTION + "weight";
  static final String SCALE = SECTION + "scale";
  static final String ORDER = SECTION + "order";
  static final String COEFFICIENTS = SECTION + "coefficients";
  static final String STEP_CAP = SECTION + "stepCap";
  static final String RADIUS = SECTION + "radius";
  static final String DISTANCE = SECTION + "distance";
  static final String CANONICAL_WEIGHT = SECTION + "canonicalWeight";

  private StrategyParameters() {}

  /** The parameters by path, empty where the strategy has one that is not set; none if unknown. */
  static Map<String, Optional<Object>> of(IdempotencyStrategy strategy) {
    Map<String, Optional<Object>> parameters = new LinkedHashMap<>();
    if (strategy instanceof CanonicalStrategy canonical) {
      weighted(parameters, canonical.weight(), canonical.scale());
    } else if (strategy instanceof FrozenTargetStrategy frozen) {
      weighted(parameters, frozen.weight(), frozen.scale());
      parameters.put(DISTANCE, Optional.of(Labels.of(frozen.distance())));
    } else if (strategy instanceof SubstitutedGradient substituted) {
      weighted(parameters, substituted.weight(), substituted.scale());
      polynomial(parameters, substituted.polynomial());
      OptionalDouble cap = substituted.maxRelativeStep();
      parameters.put(STEP_CAP, cap.isPresent() ? Optional.of(cap.getAsDouble()) : Optional.empty());
    } else if (strategy instanceof LimitedStrategy limited) {
      limited(parameters, limited);
    } else if (strategy instanceof AnchoredStrategy anchored) {
      limited(parameters, anchored.limited());
      parameters.put(CANONICAL_WEIGHT, Optional.of(anchored.canonical().weight()));
    }
    return parameters;
  }

  private static void limited(Map<String, Optional<Object>> parameters, LimitedStrategy limited) {
    weighted(parameters, limited.weight(), limited.scale());
    polynomial(parameters, limited.polynomial());
    parameters.put(RADIUS, Optional.of(limited.radius()));
  }

  private static void weighted(
      Map<String, Optional<Object>> parameters, double weight, Scale scale) {
    parameters.put(WEIGHT, Optional.of(weight));
    parameters.put(SCALE, Optional.of(Labels.of(scale)));
  }

  private static void polynomial(
      Map<String, Optional<Object>> parameters, IdempotentPolynomial polynomial) {
    boolean cubic = polynomial.equals(IdempotentPolynomial.cubic());
    parameters.put(ORDER, cubic ? Optional.of(1L) : Optional.empty());
    parameters.put(COEFFICIENTS, cubic ? Optional.empty() : Optional.of(coefficients(polynomial)));
  }

  private static List<Long> coefficients(IdempotentPolynomial polynomial) {
    return LongStream.rangeClosed(1, polynomial.degree())
        .mapToObj(power -> polynomial.coefficient((int) power).longValueExact())
        .toList();
  }

  /** The strategy with the parameters that {@code values} has; itself if it has none we know. */
  static IdempotencyStrategy applied(IdempotencyStrategy strategy, Values values) {
    if (strategy instanceof CanonicalStrategy) {
      return new CanonicalStrategy(values.numberOf(WEIGHT), scale(values));
    }
    if (strategy instanceof FrozenTargetStrategy) {
      return new FrozenTargetStrategy(values.numberOf(WEIGHT), distance(values), scale(values));
    }
    if (strategy instanceof SubstitutedGradient) {
      return new SubstitutedGradient(
          polynomial(values), values.numberOf(WEIGHT), scale(values), values.number(STEP_CAP));
    }
    if (strategy instanceof LimitedStrategy) {
      return limited(values);
    }
    if (strategy instanceof AnchoredStrategy) {
      return new AnchoredStrategy(
          new CanonicalStrategy(values.numberOf(CANONICAL_WEIGHT), scale(values)), limited(values));
    }
    return strategy;
  }

  private static LimitedStrategy limited(Values values) {
    return new LimitedStrategy(
        polynomial(values), values.numberOf(WEIGHT), scale(values), values.numberOf(RADIUS));
  }

  /** By its coefficients, else by its order. */
  static IdempotentPolynomial polynomial(Values values) {
    if (values.has(COEFFICIENTS)) {
      long[] coefficients =
          values.integers(COEFFICIENTS).stream().mapToLong(Long::longValue).toArray();
      return IdempotentPolynomial.of(coefficients);
    }
    return IdempotentPolynomial.ofOrder(Math.toIntExact(values.integerOf(ORDER)));
  }

  static Distance distance(Values values) {
    return Labels.constant(Distance.class, values.textOf(DISTANCE));
  }

  private static Scale scale(Values values) {
    return Labels.constant(Scale.class, values.textOf(SCALE));
  }
}
