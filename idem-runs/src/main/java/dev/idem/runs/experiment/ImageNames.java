package dev.idem.runs.experiment;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.runs.catalogue.Suggestions;
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

  /** Every form that a name may have. */
  static final List<String> FORMS =
      List.of(MNIST, DIRECTORY + "DIR", FETCHED + "NAME", IMAGES + "DIR");

  private ImageNames() {}

  /** The forms as a sentence has them: {@code mnist, mnist:DIR, fetched:NAME or images:DIR}. */
  static String forms() {
    int last = FORMS.size() - 1;
    return String.join(", ", FORMS.subList(0, last)) + " or " + FORMS.get(last);
  }

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
    String hint = Suggestions.hint(name, FORMS);
    Require.argument(
        prefix.isEmpty() ? name.equals(MNIST) : name.length() > prefix.length(),
        "%s ('%s') must be %s%s",
        SubjectKeys.DATA,
        name,
        forms(),
        hint);
    try {
      return prefix + Path.of(name.substring(prefix.length()));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s ('%s') names no folder: %s".formatted(SubjectKeys.DATA, name, e.getReason()), e);
    }
  }
}
