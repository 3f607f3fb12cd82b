package dev.idem.runs.experiment;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.runs.experiment.Key.Default;
import dev.idem.runs.experiment.Key.Range;
import dev.idem.runs.experiment.Key.When;
import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Values.Value;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a strategy of the catalogue that an experiment file can set: the components of
 * its record, which must be public, that are numbers, texts, enums or true and false. A polynomial
 * has two keys, {@code order} and {@code coefficients}. Each defaults to its value in the
 * catalogue's instance.
 */
final class StrategyParameters {

  static final String SECTION = "strategy.";
  static final String ORDER = SECTION + "order";
  static final String COEFFICIENTS = SECTION + "coefficients";

  /** Keys of every map, which no parameter can have. */
  private static final List<String> RESERVED =
      List.of(ExperimentFile.Strategy.NAME, ExperimentFile.Strategy.RECONSTRUCTION_WEIGHT);

  private final String name;
  private final IdempotencyStrategy strategy;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  /**
   * What a key of the file sets.
   *
   * @param index of the record's component
   * @param type of the component
   * @param kind of the key's value
   * @param standard the value in the catalogue's instance; empty if not set, or if a file cannot
   *     express it
   */
  private record Parameter(int index, Class<?> type, Kind kind, Optional<Object> standard) {}

  /** The parameters of the strategy that the catalogue has under that name. */
  StrategyParameters(String name, IdempotencyStrategy strategy) {
    this.name = name;
    this.strategy = strategy;
    if (strategy instanceof Record) {
      // A plug-in's class may fail to load what its components are.
      ForeignCode.thrownBy(
          () -> {
            RecordComponent[] components = strategy.getClass().getRecordComponents();
            for (int i = 0; i < components.length; i++) {
              add(i, components[i]);
            }
          });
    }
  }

  private void add(int index, RecordComponent component) {
    String path = SECTION + component.getName();
    if (!Modifier.isPublic(strategy.getClass().getModifiers())) {
      refused.put(path, "%s of '%s' cannot be set: its record is not public".formatted(path, name));
      return;
    }
    if (RESERVED.contains(path)) {
      refused.put(
          path, "%s of '%s' cannot be set: the key says something else".formatted(path, name));
      return;
    }
    Class<?> type = component.getType();
    Optional<Kind> kind = Kind.of(type);
    if (kind.isEmpty() && type != IdempotentPolynomial.class) {
      refused.put(
          path,
          "%s of '%s' is a %s, which a file cannot set; only numbers, texts, choices and true or false can be set"
              .formatted(path, name, type.getSimpleName()));
      return;
    }
    try {
      Object value = component.getAccessor().invoke(strategy);
      if (value instanceof IdempotentPolynomial polynomial) {
        boolean cubic = polynomial.equals(IdempotentPolynomial.cubic());
        parameters.put(
            ORDER,
            new Parameter(index, type, Kind.INTEGER, cubic ? Optional.of(1L) : Optional.empty()));
        parameters.put(
            COEFFICIENTS,
            new Parameter(
                index, type, Kind.INTEGER, cubic ? Optional.empty() : coefficients(polynomial)));
      } else {
        parameters.put(path, new Parameter(index, type, kind.orElseThrow(), written(value)));
      }
    } catch (ReflectiveOperationException e) {
      refused.put(path, "%s of '%s' cannot be read, and so not set".formatted(path, name));
    }
  }

  private static Optional<Object> coefficients(IdempotentPolynomial polynomial) {
    try {
      return Optional.of(
          LongStream.rangeClosed(1, polynomial.degree())
              .mapToObj(power -> polynomial.coefficient((int) power).longValueExact())
              .toList());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A component's value as a file has it. */
  private static Optional<Object> written(@Nullable Object value) {
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? written(number.getAsDouble()) : Optional.empty();
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
    if (value instanceof Double number) {
      return Optional.<Object>of(number).filter(finite -> Double.isFinite(number));
    }
    if (value instanceof Integer number) {
      return Optional.of(number.longValue());
    }
    if (value instanceof Enum<?> constant) {
      return Optional.of(Kind.label(constant));
    }
    return Optional.ofNullable(value);
  }

  /** The paths of the keys that set a parameter, in the order of the record. */
  Collection<String> paths() {
    return parameters.keySet();
  }

  /** Why a file cannot set what the strategy has under that path; empty if it has nothing there. */
  Optional<String> refusal(String path) {
    return Optional.ofNullable(refused.get(path));
  }

  /** Each parameter by its name, with its value in the catalogue's instance as a file has it. */
  Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    parameters.forEach(
        (path, parameter) -> {
          boolean otherwise = parameter.type() == IdempotentPolynomial.class;
          if (parameter.standard().isPresent() || !otherwise) {
            shown.put(nameOf(path), parameter.standard().map(Kind::written).orElse("none"));
          }
        });
    refused.keySet().forEach(path -> shown.put(nameOf(path), "(not settable)"));
    return shown;
  }

  private static String nameOf(String path) {
    return path.substring(SECTION.length());
  }

  /**
   * The key of a parameter.
   *
   * @param declared the key of that path that experiment files have for idem's own strategies
   * @param whens the conditions on which the path is a key at all
   */
  Key key(String path, Optional<Key> declared, List<When> whens) {
    Parameter parameter = parameters.get(path);
    Key.Computed standard =
        values -> parameter.standard().map(value -> new Default(value, "default of " + name));
    // Runs of a plug-in's strategy from before files could set its parameters had the defaults.
    Optional<Object> neutral = builtIn() ? Optional.empty() : parameter.standard();
    if (declared.isPresent() && (builtIn() || parameter.type() == IdempotentPolynomial.class)) {
      return declared.get().with(whens, standard, neutral);
    }
    Class<?> type = parameter.type();
    return new Key(
        path,
        parameter.kind(),
        false,
        "Parameter %s of strategy %s.".formatted(nameOf(path), name),
        type.isEnum() ? Kind.labels(type) : List.of(),
        type == int.class
            ? Optional.of(Range.of("from %s to %s".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE)))
            : Optional.empty(),
        whens,
        false,
        Optional.empty(),
        Optional.empty(),
        standard,
        true,
        neutral);
  }

  private boolean builtIn() {
    return strategy.equals(Strategies.all().get(name));
  }

  /**
   * The strategy with the values of a file. What its record refuses is a problem at the place of
   * the value, in the record's words.
   */
  Optional<IdempotencyStrategy> with(Values values, Problems problems) {
    List<String> changed =
        parameters.keySet().stream()
            .filter(values::has)
            .filter(path -> !values.value(path).equals(parameters.get(path).standard()))
            .toList();
    if (changed.isEmpty()) {
      return Optional.of(strategy);
    }
    try {
      return Optional.of(changed(changed, values));
    } catch (RefusedException refusal) {
      List<String> culprits = new ArrayList<>();
      for (String path : changed) {
        try {
          changed(List.of(path), values);
        } catch (RefusedException alone) {
          culprits.add(path);
          problems.add(place(path, values), alone.reason());
        }
      }
      if (culprits.isEmpty()) {
        problems.add(place(changed.get(0), values), refusal.reason());
      }
      return Optional.empty();
    }
  }

  private static Place place(String path, Values values) {
    return values.find(path).map(Value::at).orElseGet(values::blame);
  }

  private IdempotencyStrategy changed(List<String> paths, Values values) throws RefusedException {
    RecordComponent[] components = strategy.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        arguments[i] = components[i].getAccessor().invoke(strategy);
      }
      for (String path : paths) {
        Parameter parameter = parameters.get(path);
        arguments[parameter.index()] =
            argument(path, parameter.type(), values.value(path).orElseThrow());
      }
      return Values.canonical(strategy.getClass()).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new RefusedException(e.getCause());
    } catch (IllegalArgumentException | ReflectiveOperationException e) {
      throw new RefusedException(e);
    }
  }

  private static Object argument(String path, Class<?> type, Object value) {
    if (type != IdempotentPolynomial.class) {
      return Values.converted(value, type);
    }
    return path.equals(ORDER) ? polynomial((Long) value) : polynomial((List<?>) value);
  }

  static IdempotentPolynomial polynomial(long order) {
    return IdempotentPolynomial.ofOrder(Math.toIntExact(order));
  }

  /** The polynomial of these coefficients, which are {@link Long}. */
  static IdempotentPolynomial polynomial(List<?> coefficients) {
    return IdempotentPolynomial.of(coefficients.stream().mapToLong(Long.class::cast).toArray());
  }

  /** The record of a strategy does not take a value. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Throwable reason;

    RefusedException(Throwable reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return Problems.shown(ForeignCode.reason(reason));
    }
  }
}
