package dev.idem.runs.experiment;

import dev.idem.api.check.Require;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A key of experiment files.
 *
 * @param path dotted: sections, then the name
 * @param kind of its value, or of each item of a list
 * @param choices of a {@link Kind#CHOICE}
 * @param whens any of which must hold for the key to apply; none if it always does
 * @param computedDefault its value where nothing is set; goes before {@link #fixedDefault}
 * @param neutral the value that decides nothing, because runs without this key had it
 */
record Key(
    String path,
    Kind kind,
    boolean list,
    String help,
    List<String> choices,
    List<When> whens,
    Setting setting,
    Computed computedDefault,
    Optional<Object> neutral) {

  /**
   * Declares a key on the record component that receives its value: the key has the component's
   * name, in the section that the record is. The component's type says what a value must be; an
   * {@code Optional} need not be set. The help is a sentence that begins with the noun that the key
   * sets; {@code %s} stands for the names that a catalogue has.
   */
  @Target(ElementType.RECORD_COMPONENT)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Help {
    String value();
  }

  /** What is special about a key. */
  @Target(ElementType.RECORD_COMPONENT)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Setting {

    /** The value where nothing is set, as a file would have it. */
    String byDefault() default "";

    /** The texts allowed, after commas; those of an enum are its constants if this names none. */
    String choices() default "";

    /** The numbers allowed: {@link Range#of}. */
    String range() default "";

    /**
     * Conditions on earlier keys, after "or", any of which must hold: {@link When}. One that begins
     * with a dot is on a key of the same section. Those of a section hold for its keys that have
     * none of their own.
     */
    String when() default "";

    /** Whether a value must be set where the key applies. */
    boolean required() default false;

    /** The path of a key with the same meaning; of the two, the later layer's counts. */
    String insteadOf() default "";

    /**
     * Whether it decides a run's numbers, files or columns, so that a run that has begun keeps it.
     */
    boolean decides() default true;
  }

  /** A default that depends on the values of earlier keys. */
  @FunctionalInterface
  interface Computed extends Function<Settings, Optional<Default>> {
    Computed NONE = settings -> Optional.empty();
  }

  /** The value of a key where nothing is set, and why: {@code default of ign-mnist}. */
  record Default(Object value, String origin) {
    static Optional<Default> of(Object value) {
      return Optional.of(new Default(value, "default"));
    }
  }

  /**
   * A condition on an earlier key.
   *
   * @param values of which it has one, {@code images:DIR} for any that begins with {@code images:};
   *     none if it need only have a value
   */
  record When(String path, List<String> values) {
    private static final String ANY_FOLDER = ":DIR";

    /** Reads {@code plan.optimizer.name adam, adamw}. */
    static When of(String wording) {
      String[] parts = wording.split(" ", 2);
      return new When(parts[0], parts.length == 1 ? List.of() : parts(parts[1], ", "));
    }

    boolean holds(Object value) {
      return values.isEmpty() || values.stream().anyMatch(allowed -> matches(allowed, value));
    }

    private static boolean matches(String allowed, Object value) {
      return allowed.endsWith(ANY_FOLDER)
          ? value
              .toString()
              .startsWith(allowed.substring(0, allowed.length() - ANY_FOLDER.length() + 1))
          : allowed.equals(value);
    }

    /** What {@link #of} reads. */
    @Override
    public String toString() {
      return values.isEmpty() ? path : path + " " + String.join(", ", values);
    }
  }

  /** The numbers that a key takes; the rule says it after "must be". */
  record Range(double least, boolean open, double most, boolean openAbove, String rule) {
    private static final Pattern ENDS =
        Pattern.compile("(?:in \\[|from )(\\S+)(?:, | to )(\\S+?)(\\)?)");

    /** Reads {@code positive}, {@code 0 or more}, {@code in [0, 1)}, {@code from 1 to 9}. */
    static Range of(String rule) {
      boolean positive = rule.equals("positive");
      if (positive || rule.equals("0 or more")) {
        return new Range(0, positive, Double.POSITIVE_INFINITY, true, rule);
      }
      Matcher ends = ENDS.matcher(rule);
      Require.argument(ends.matches(), "no range: %s", rule);
      double least = Double.parseDouble(ends.group(1));
      double most = Double.parseDouble(ends.group(2));
      return new Range(least, false, most, !ends.group(3).isEmpty(), rule);
    }

    boolean contains(double value) {
      return (open ? value > least : value >= least) && (openAbove ? value < most : value <= most);
    }
  }

  /** What is known of a parameter by its type alone. */
  private record Plain(
      @Setting Object any, @Setting(range = "from -2147483648 to 2147483647") int whole) {

    static Setting setting(boolean whole) {
      return Plain.class.getRecordComponents()[whole ? 1 : 0].getAnnotation(Setting.class);
    }
  }

  /**
   * The keys that a record declares, in the order of its components; one that is a record itself is
   * a section. Catalogues have further {@code names} by path, keys have {@code computed} defaults.
   */
  static Stream<Key> declared(
      String section,
      Class<?> type,
      Map<String, List<String>> names,
      Map<String, Computed> computed) {
    return Stream.of(type.getRecordComponents())
        .flatMap(
            component -> {
              String path = section + component.getName();
              Class<?> own = component.getType();
              List<When> whens = whens(section, setting(component));
              return own.isRecord()
                  ? declared(path + ".", own, names, computed)
                      .map(
                          key ->
                              key.whens.isEmpty()
                                  ? key.with(whens, key.computedDefault, key.neutral)
                                  : key)
                  : Stream.of(
                      declared(path, component, whens, names.getOrDefault(path, List.of()))
                          .with(computed.getOrDefault(path, Computed.NONE)));
            });
  }

  private static Setting setting(RecordComponent component) {
    return Optional.ofNullable(component.getAnnotation(Setting.class))
        .orElseGet(() -> Plain.setting(false));
  }

  private static List<When> whens(String section, Setting setting) {
    return parts(setting.when(), " or ").stream()
        .map(when -> When.of(when.startsWith(".") ? section + when.substring(1) : when))
        .toList();
  }

  private static Key declared(
      String path, RecordComponent component, List<When> whens, List<String> names) {
    Setting setting = setting(component);
    String help = component.getAnnotation(Help.class).value();
    Class<?> type = single(component.getGenericType());
    List<String> choices = new ArrayList<>(parts(setting.choices(), ", "));
    if (choices.isEmpty() && type.isEnum()) {
      choices.addAll(Kind.labels(type));
    }
    if (!help.contains("%s")) {
      choices.addAll(names);
    }
    return new Key(
        path,
        choices.isEmpty() ? Kind.of(type).orElseThrow() : Kind.CHOICE,
        component.getGenericType().getTypeName().contains(List.class.getName()),
        help.replace("%s", String.join(", ", names)),
        choices,
        whens,
        setting,
        Computed.NONE,
        Optional.empty());
  }

  private static List<String> parts(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
  }

  /** The type of one value: of an {@code Optional} or a list, that of what is in it. */
  private static Class<?> single(Type type) {
    return type instanceof ParameterizedType several
        ? single(several.getActualTypeArguments()[0])
        : (Class<?>) type;
  }

  /** A key for values of that type, of a kind that a file can hold. */
  static Key plain(String path, Class<?> type, String help) {
    return new Key(
        path,
        Kind.of(type).orElseThrow(),
        false,
        help,
        type.isEnum() ? Kind.labels(type) : List.of(),
        List.of(),
        Plain.setting(type == int.class),
        Computed.NONE,
        Optional.empty());
  }

  private Key with(Computed other) {
    return with(whens, other, neutral);
  }

  Key with(List<When> conditions, Computed other, Optional<Object> inert) {
    return new Key(path, kind, list, help, choices, conditions, setting, other, inert);
  }

  Optional<Range> range() {
    return Optional.of(setting.range()).filter(rule -> !rule.isEmpty()).map(Range::of);
  }

  boolean required() {
    return setting.required();
  }

  /** A key with the same meaning: of the two, the later layer's counts. */
  Optional<String> rival() {
    return Optional.of(setting.insteadOf()).filter(path -> !path.isEmpty());
  }

  /** The default whatever other keys say. */
  Optional<Object> fixedDefault() {
    String text = kind == Kind.FLAG ? "false" : setting.byDefault();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        list ? parts(text, ", ").stream().map(kind::parse).toList() : kind.parse(text));
  }

  Optional<Default> defaultFrom(Settings earlier) {
    return computedDefault.apply(earlier).or(() -> fixedDefault().flatMap(Default::of));
  }

  /** Whether {@code value} decides a run's numbers or columns. */
  boolean decides(Object value) {
    return setting.decides() && !neutral.equals(Optional.of(value));
  }

  /** When the key applies, for a reader; empty if it always does. */
  String conditions() {
    return whens.stream().map(When::toString).collect(Collectors.joining(" or "));
  }

  /** The sections and the key's own name, outermost first. */
  List<String> segments() {
    return List.of(path.split("\\.", -1));
  }

  /** What a value must be, after "must be". */
  String rule() {
    return kind == Kind.CHOICE ? String.join(", ", choices) : kind.rule();
  }
}
