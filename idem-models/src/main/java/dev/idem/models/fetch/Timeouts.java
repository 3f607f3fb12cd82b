package dev.idem.models.fetch;

import dev.idem.api.check.Require;
import java.time.Duration;

/**
 * The time limits for a server's response.
 *
 * @param connect until there is a connection
 * @param read until the answer begins, and between any two pieces of it
 */
public record Timeouts(Duration connect, Duration read) {

  /** Checks that both are positive. */
  public Timeouts {
    Require.argument(isPositive(connect), "connect (%s) must be positive", connect);
    Require.argument(isPositive(read), "read (%s) must be positive", read);
  }

  /** 15 seconds to connect, 30 to read. */
  public static Timeouts usual() {
    return new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
