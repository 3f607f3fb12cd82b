package dev.idem.api.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Suggestions for a mistyped name. */
public final class Suggestions {

  private static final int FARTHEST = 3;

  /** Former names of strategies, by which users may still ask for them. */
  private static final Map<String, String> FORMER =
      Map.of(
          "iterator", "substituted",
          "cubic", "substituted",
          "reconstruction+iterator", "reconstruction+substituted");

  private Suggestions() {}

  /** The known name closest to {@code name}, if any is close enough to be meant. */
  public static Optional<String> closest(String name, Collection<String> known) {
    String lower = lower(name);
    if (lower.isBlank()) {
      return Optional.empty();
    }
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(lower, lower(candidate))))
        .filter(
            candidate ->
                lower(candidate).startsWith(lower)
                    || distance(lower, lower(candidate))
                        <= Math.min(FARTHEST, Math.min(candidate.length(), name.length()) / 2));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance: the least insertions, deletions and replacements of a character. */
  private static int distance(String from, String to) {
    int[] distances = new int[to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      int diagonal = i;
      for (int j = 0; j <= to.length(); j++) {
        int above = distances[j];
        if (i == 0 || j == 0) {
          distances[j] = i + j;
        } else {
          int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
          distances[j] = Math.min(replaced, 1 + Math.min(above, distances[j - 1]));
        }
        diagonal = above;
      }
    }
    return distances[to.length()];
  }

  /** {@code ; did you mean 'y'?}, to follow a message on {@code name}; empty if none is close. */
  public static String hint(String name, Collection<String> known) {
    return closest(name, known).map(close -> "; did you mean '" + close + "'?").orElse("");
  }

  /** {@code unknown figure 'x'; did you mean 'y'? Known: a, b}. */
  public static String unknown(String kind, String name, Collection<String> known) {
    String renamed = FORMER.get(name);
    if (renamed != null && known.contains(renamed)) {
      return "unknown %s '%s'; it is now called '%s'".formatted(kind, name, renamed);
    }
    String hint = hint(name, known);
    return "unknown %s '%s'%s Known: %s"
        .formatted(kind, name, hint.isEmpty() ? "." : hint, String.join(", ", known));
  }
}
