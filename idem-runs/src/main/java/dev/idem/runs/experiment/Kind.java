package dev.idem.runs.experiment;

import dev.idem.api.check.Numbers;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a key's value is. */
enum Kind {
  /** A {@link Double}, finite. */
  NUMBER("number", "a number"),
  /** A {@link Long}; 1e5 and 100_000 are whole numbers too. */
  INTEGER("integer", "a whole number"),
  /** A {@link String} of printable characters, not blank. */
  TEXT("string", "text on one line, not blank"),
  /** A {@link String} out of a list. */
  CHOICE("string", "one of a list"),
  /** A {@link Boolean}. */
  FLAG("boolean", "true or false");

  private static final Map<Class<?>, Kind> KINDS =
      Map.of(
          double.class, NUMBER,
          Double.class, NUMBER,
          OptionalDouble.class, NUMBER,
          int.class, INTEGER,
          long.class, INTEGER,
          Long.class, INTEGER,
          OptionalLong.class, INTEGER,
          boolean.class, FLAG,
          String.class, TEXT);
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\d+(?:_\\d+)*(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0_?\\d.*");
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][\\w./+-]*(?::[\\w./+-]+)*", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern RESERVED =
      Pattern.compile("true|false|yes|no|on|off|null|y|n", Pattern.CASE_INSENSITIVE);
  private static final int MOST_DIGITS = 64;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final int FIRST_TAG = 0xe0020;
  private static final int LAST_TAG = 0xe007f;

  private final String jsonType;
  private final String rule;

  Kind(String jsonType, String rule) {
    this.jsonType = jsonType;
    this.rule = rule;
  }

  /**
   * The value that was written.
   *
   * @throws IllegalArgumentException if it is none of this kind; its message, if it has one, says
   *     what to do
   * @throws ArithmeticException likewise
   */
  Object parse(String text) {
    return switch (this) {
      case NUMBER -> number(text);
      case INTEGER -> integer(text);
      case TEXT -> text(text);
      case CHOICE -> text;
      case FLAG -> flag(text);
    };
  }

  private static Object integer(String text) {
    BigDecimal value = decimal(text);
    if (value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new NumberFormatException("it is beyond " + Long.MAX_VALUE);
    }
    return value.longValueExact();
  }

  private static Object number(String text) {
    double value = decimal(text).doubleValue();
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("it is beyond " + Double.MAX_VALUE);
    }
    return value;
  }

  private static Object text(String text) {
    if (text.isBlank() || !text.equals(text.strip()) || !printable(text)) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static Object flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException();
    }
    return Boolean.valueOf(text);
  }

  /** The kind of a value of that type; empty if a file cannot hold one. */
  static Optional<Kind> of(Class<?> type) {
    return type.isEnum() ? Optional.of(CHOICE) : Optional.ofNullable(KINDS.get(type));
  }

  /** A constant as it is written in a file: {@code BATCH_MEAN} as {@code batch-mean}. */
  static String label(Enum<?> constant) {
    return constant instanceof Method method
        ? method.label()
        : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The labels of an enum, in order. */
  static List<String> labels(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(constant -> label((Enum<?>) constant)).toList();
  }

  /** The type of JSON Schema. */
  String jsonType() {
    return jsonType;
  }

  /** What a value must be, after "must be". */
  String rule() {
    return rule;
  }

  /** A value so that it reads back as itself, from YAML. */
  static String written(Object value) {
    if (value instanceof Double number) {
      return Numbers.text(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Kind::written).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String text ? quoted(text) : value.toString();
  }

  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()) {
      return text;
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static BigDecimal decimal(String text) {
    if (text.length() > MOST_DIGITS || !DECIMAL.matcher(text).matches()) {
      throw new NumberFormatException();
    }
    if (LEADING_ZERO.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "omit the leading zero, with which it would be octal in YAML 1.1 and decimal in 1.2");
    }
    return new BigDecimal(text.replace("_", ""));
  }

  private static boolean printable(String text) {
    return text.codePoints().allMatch(Kind::printable);
  }

  /** Characters that this Java's Unicode does not know yet are; invisible ones are not. */
  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // Joiners are part of Persian and Indic words and of emoji, tags of flags.
      case Character.FORMAT ->
          point == ZERO_WIDTH_NON_JOINER
              || point == ZERO_WIDTH_JOINER
              || (point >= FIRST_TAG && point <= LAST_TAG);
      // Those that will never be characters.
      case Character.UNASSIGNED -> (point & 0xfffe) != 0xfffe && (point < 0xfdd0 || point > 0xfdef);
      default -> true;
    };
  }
}
