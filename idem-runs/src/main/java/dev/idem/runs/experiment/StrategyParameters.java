package dev.idem.runs.experiment;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.runs.experiment.Key.Default;
import dev.idem.runs.experiment.Key.When;
import dev.idem.runs.experiment.Problems.Place;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
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
  private final boolean builtIn;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  /**
   * A component of the record, with its value in the catalogue's instance; empty if that is not
   * set, or if a file cannot express it.
   */
  private record Parameter(int index, Class<?> type, Optional<Object> standard) {

    boolean isPolynomial() {
      return type == IdempotentPolynomial.class;
    }
  }

  /** The parameters of the strategy that the catalogue has under that name. */
  StrategyParameters(String name, IdempotencyStrategy strategy) {
    this.name = name;
    this.strategy = strategy;
    this.builtIn =
        Strategies.all().containsKey(name) && Strategies.all().get(name).equals(strategy);
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
    Class<?> type = component.getType();
    Optional<Kind> kind = Kind.of(type);
    AtomicReference<@Nullable Object> value = new AtomicReference<>();
    String refusal = null;
    if (!Modifier.isPublic(strategy.getClass().getModifiers())) {
      refusal = "cannot be set: its record is not public";
    } else if (RESERVED.contains(path)) {
      refusal = "cannot be set: every map already has a key of that name";
    } else if (kind.isEmpty() && type != IdempotentPolynomial.class) {
      refusal =
          "is a %s, which a file cannot set; only numbers, texts, choices and true or false can be set"
              .formatted(type.getSimpleName());
    } else if (ForeignCode.thrownBy(() -> value.set(component.getAccessor().invoke(strategy)))
        .isPresent()) {
      refusal = "cannot be set: it cannot be read";
    }
    if (refusal != null) {
      refused.put(path, "%s of '%s' %s".formatted(path, name, refusal));
    } else if (kind.isPresent()) {
      parameters.put(path, new Parameter(index, type, standard(kind.get(), value.get())));
    } else {
      boolean cubic = Objects.equals(value.get(), IdempotentPolynomial.cubic());
      Optional<Object> others = cubic ? Optional.empty() : coefficients(value.get());
      parameters.put(ORDER, new Parameter(index, type, cubic ? Optional.of(1L) : Optional.empty()));
      parameters.put(COEFFICIENTS, new Parameter(index, type, others));
    }
  }

  private static Optional<Object> coefficients(@Nullable Object value) {
    try {
      return Optional.ofNullable((IdempotentPolynomial) value)
          .map(
              polynomial ->
                  LongStream.rangeClosed(1, polynomial.degree())
                      .mapToObj(power -> polynomial.coefficient((int) power).longValueExact())
                      .toList());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A component's value as a file has it; empty if not set, or if it would not read back. */
  private static Optional<Object> standard(Kind kind, @Nullable Object value) {
    Object plain = value;
    if (value instanceof OptionalDouble number) {
      plain = number.isPresent() ? number.getAsDouble() : null;
    } else if (value instanceof OptionalLong number) {
      plain = number.isPresent() ? number.getAsLong() : null;
    } else if (value instanceof Enum<?> constant) {
      plain = Kind.label(constant);
    }
    try {
      return plain == null ? Optional.empty() : Optional.of(kind.parse(plain.toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String name() {
    return name;
  }

  private Parameter parameter(String path) {
    return Objects.requireNonNull(parameters.get(path), path);
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
          if (parameter.standard().isPresent() || !parameter.isPolynomial()) {
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
   * The key of a parameter, which applies on those conditions. For idem's own strategies {@code
   * declared} says what is known of it.
   */
  Key key(String path, Optional<Key> declared, List<When> whens) {
    Parameter parameter = parameter(path);
    Key key =
        declared
            .filter(known -> builtIn || parameter.isPolynomial())
            .orElseGet(
                () ->
                    Key.plain(
                        path,
                        parameter.type(),
                        "Parameter %s of strategy %s.".formatted(nameOf(path), name)));
    return key.with(
        whens,
        settings -> parameter.standard().map(value -> new Default(value, "default of " + name)),
        // Runs of a plug-in's strategy from before files could set its parameters had the defaults.
        builtIn ? Optional.empty() : parameter.standard());
  }

  /**
   * The strategy with the values of a file. What its record refuses is a problem at the place of
   * the value, in the record's words.
   */
  Optional<IdempotencyStrategy> with(Settings settings, Problems problems) {
    List<String> changed =
        parameters.keySet().stream()
            .filter(settings::has)
            .filter(path -> !settings.value(path).equals(parameter(path).standard()))
            .toList();
    if (changed.isEmpty()) {
      return Optional.of(strategy);
    }
    Problems together = new Problems();
    Optional<IdempotencyStrategy> result =
        together.attempt(place(changed.get(0), settings), () -> changed(changed, settings));
    if (result.isEmpty()) {
      Problems alone = new Problems();
      changed.forEach(
          path -> alone.attempt(place(path, settings), () -> changed(List.of(path), settings)));
      problems.addAll(alone.none() ? together : alone);
    }
    return result;
  }

  private static Place place(String path, Settings settings) {
    return settings.find(path).orElseThrow().at();
  }

  /** The strategy with those of a file's values. */
  private IdempotencyStrategy changed(List<String> paths, Settings settings) {
    RecordComponent[] components = strategy.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        arguments[i] = components[i].getAccessor().invoke(strategy);
      }
      for (String path : paths) {
        Parameter parameter = parameter(path);
        Object value = settings.value(path).orElseThrow();
        arguments[parameter.index()] =
            parameter.isPolynomial()
                ? polynomial(value)
                : Settings.converted(Optional.of(value), parameter.type());
      }
      return Settings.canonical(strategy.getClass()).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(ForeignCode.reason(e.getTargetException()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The polynomial of an order, which is {@link Long}, or of a list of coefficients. */
  static IdempotentPolynomial polynomial(Object value) {
    return value instanceof List<?> coefficients
        ? IdempotentPolynomial.of(coefficients.stream().mapToLong(Long.class::cast).toArray())
        : IdempotentPolynomial.ofOrder(Math.toIntExact((Long) value));
  }
}
