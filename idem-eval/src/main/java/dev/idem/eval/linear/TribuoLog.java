package dev.idem.eval.linear;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps Tribuo from telling of every training on the console, where the JDK's logging sends what is
 * of level INFO: a cross-validation would print hundreds of lines.
 */
public final class TribuoLog {

  /** Held, because the JDK forgets the level of a logger that nobody holds. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private TribuoLog() {}

  /** Raises Tribuo's level to WARNING, unless somebody has set one. */
  public static void quieten() {
    if (TRIBUO.getLevel() == null) {
      TRIBUO.setLevel(Level.WARNING);
    }
  }
}
