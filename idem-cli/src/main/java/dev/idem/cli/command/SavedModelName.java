package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.check.Suggestions;
import dev.idem.api.training.EngineOptions;
import dev.idem.tf.engine.SavedModelFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A SavedModel as the command line names it: {@code saved-model:DIR}, or with the function meant,
 * {@code saved-model:DIR#signature=NAME,input=NAME,output=NAME,shape=32x32x3}, each part optional.
 */
record SavedModelName(Path folder, Map<String, String> parts) {

  private static final String PREFIX = "saved-model:";
  private static final String SIGNATURE = "signature";
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String SHAPE = "shape";
  private static final List<String> KEYS = List.of(SIGNATURE, INPUT, OUTPUT, SHAPE);
  private static final String FORM =
      PREFIX + "DIR[#signature=NAME,input=NAME,output=NAME,shape=HxWxC]";

  /** Whether a SavedModel is meant. */
  static boolean isOne(String text) {
    return text.startsWith(PREFIX);
  }

  static SavedModelName of(String text) {
    String rest = isOne(text) ? text.substring(PREFIX.length()) : "";
    int hash = rest.lastIndexOf('#');
    // A folder may have a '#' in its name.
    boolean whole = hash < 0 || Files.isDirectory(path(text, rest));
    String folder = whole ? rest : rest.substring(0, hash);
    Require.argument(!folder.isBlank(), "'%s' must be %s", text, FORM);
    Map<String, String> parts = new LinkedHashMap<>();
    if (!whole) {
      for (String part : rest.substring(hash + 1).split(",", -1)) {
        put(text, part, parts);
      }
    }
    return new SavedModelName(path(text, folder), parts);
  }

  private static void put(String text, String part, Map<String, String> parts) {
    int equals = part.indexOf('=');
    String key = equals < 0 ? part : part.substring(0, equals);
    String value = part.substring(equals + 1);
    if (!KEYS.contains(key)) {
      throw new IllegalArgumentException(
          "'%s': %s".formatted(text, Suggestions.unknown("part", key, KEYS)));
    }
    Require.argument(
        equals >= 0 && !value.isBlank(),
        "'%s': '%s' has no value; write %s=%s",
        text,
        part,
        key,
        key.equals(SHAPE) ? "32x32x3" : "NAME");
    boolean first = parts.put(key, value) == null;
    Require.argument(first, "'%s' sets %s twice; keep one", text, key);
    if (key.equals(SHAPE)) {
      shape(text, value);
    }
  }

  private static Path path(String text, String folder) {
    try {
      return Path.of(folder);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'%s': %s".formatted(text, e.getReason()), e);
    }
  }

  private static Shape shape(String text, String value) {
    try {
      return new Shape(Arrays.stream(value.split("x", -1)).map(Integer::valueOf).toList());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'%s': shape (%s) must be positive whole numbers, as in 32x32x3".formatted(text, value),
          e);
    }
  }

  /**
   * Loads it.
   *
   * @param images the shape of a sample for a signature that takes any height and width, unless the
   *     name has one
   * @throws IllegalArgumentException if the function it names is ambiguous or does not exist
   */
  SavedModelFunction open(Optional<Shape> images, EngineOptions options) throws IOException {
    Optional<Shape> named = Optional.ofNullable(parts.get(SHAPE)).map(value -> shape(value, value));
    try {
      return opened(named, options);
    } catch (IllegalArgumentException e) {
      if (named.isEmpty() && images.isPresent()) {
        try {
          return opened(images, options);
        } catch (IllegalArgumentException again) {
          e.addSuppressed(again);
        }
      }
      throw withForm(e);
    }
  }

  private SavedModelFunction opened(Optional<Shape> shape, EngineOptions options)
      throws IOException {
    SavedModelFunction.Builder builder = SavedModelFunction.at(folder);
    Optional.ofNullable(parts.get(SIGNATURE)).ifPresent(builder::signature);
    Optional.ofNullable(parts.get(INPUT)).ifPresent(builder::input);
    Optional.ofNullable(parts.get(OUTPUT)).ifPresent(builder::output);
    shape.ifPresent(builder::sampleShape);
    return builder.open(options);
  }

  /** The error of an unsuitable function, with the form of a name added. */
  static IllegalArgumentException withForm(IllegalArgumentException e) {
    return new IllegalArgumentException("%s (as in %s)".formatted(e.getMessage(), FORM), e);
  }
}
