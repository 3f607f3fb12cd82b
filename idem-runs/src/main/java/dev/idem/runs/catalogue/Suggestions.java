package dev.idem.runs.catalogue;

import dev.idem.api.strategy.Strategies;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggestions for a mistyped name. */
public final class Suggestions {

  private static final int FARTHEST = 3;

  private Suggestions() {}

  /** The known name closest to {@code name}, if any is close enough to be meant. */
  public static Optional<String> closest(String name, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String lower = lower(name);
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(lower, lower(candidate))))
        .filter(
            candidate ->
                lower(candidate).startsWith(lower)
                    || distance.apply(lower, lower(candidate))
                        <= Math.min(FARTHEST, candidate.length() / 2));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** {@code ; did you mean 'y'?}, to follow a message on {@code name}; empty if none is close. */
  public static String hint(String name, Collection<String> known) {
    return closest(name, known).map(close -> "; did you mean '" + close + "'?").orElse("");
  }

  /** {@code unknown figure 'x'; did you mean 'y'? Known: a, b}. */
  public static String unknown(String kind, String name, Collection<String> known) {
    Optional<String> renamed = Strategies.renamed(name).filter(known::contains);
    if (renamed.isPresent()) {
      return "unknown %s '%s'; it is now called '%s'".formatted(kind, name, renamed.get());
    }
    String hint = hint(name, known);
    return "unknown %s '%s'%s Known: %s"
        .formatted(kind, name, hint.isEmpty() ? "." : hint, String.join(", ", known));
  }
}
