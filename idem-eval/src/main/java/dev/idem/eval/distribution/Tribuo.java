package dev.idem.eval.distribution;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** What every training with Tribuo needs. */
final class Tribuo {

  /** Held, because the JDK forgets the level of a logger that nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("org.tribuo");

  private Tribuo() {}

  /**
   * Raises the level of Tribuo's logging to WARNING, unless somebody has set one: at INFO, which
   * the JDK sends to the console, a cross-validation would print hundreds of lines.
   */
  static void quieten() {
    if (LOGGER.getLevel() == null) {
      LOGGER.setLevel(Level.WARNING);
    }
  }

  /** Names of features that sort as their numbers do: Tribuo orders features by name. */
  static String[] names(int width) {
    return IntStream.range(0, width)
        .mapToObj(j -> String.format(Locale.ROOT, "%06d", j))
        .toArray(String[]::new);
  }
}
