package dev.idem.cli.experiment;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.cli.catalogue.Suggestions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The images of a generator by name: {@code mnist}, {@code mnist:DIR}, {@code fetched:NAME}, {@code
 * images:DIR}.
 */
final class ImageNames {

  static final String IMAGES = "images:";
  private static final String MNIST = "mnist";
  private static final String DIRECTORY = "mnist:";
  private static final String FETCHED = "fetched:";

  private ImageNames() {}

  /** Whether the images have colours. */
  static boolean colour(Values values) {
    return values.text(SubjectKeys.DATA).filter(name -> name.startsWith(IMAGES)).isPresent()
        && !values.flag(SubjectKeys.GREY);
  }

  /** [h, w, c] of the images. */
  static Shape shape(Values values) {
    if (!values.textOf(SubjectKeys.DATA).startsWith(IMAGES)) {
      return Shape.of(28, 28, 1);
    }
    int size = Math.toIntExact(values.integerOf(SubjectKeys.SIZE));
    return Shape.of(size, size, colour(values) ? 3 : 1);
  }

  /**
   * Returns {@code name} if images may have it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String checked(String name) {
    String prefix =
        Stream.of(DIRECTORY, IMAGES, FETCHED).filter(name::startsWith).findFirst().orElse("");
    String hint =
        Suggestions.closest(
                name, List.of(MNIST, IMAGES + "DIR", DIRECTORY + "DIR", FETCHED + "NAME"))
            .map(close -> "; did you mean '" + close + "'?")
            .orElse("");
    Require.argument(
        prefix.isEmpty() ? name.equals(MNIST) : name.length() > prefix.length(),
        "%s ('%s') must be mnist, mnist:DIR, fetched:NAME or images:DIR%s",
        SubjectKeys.DATA,
        name,
        hint);
    try {
      return prefix + Path.of(name.substring(prefix.length()));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s ('%s') names no folder: %s".formatted(SubjectKeys.DATA, name, e.getReason()), e);
    }
  }
}
