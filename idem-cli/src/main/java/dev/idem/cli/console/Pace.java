package dev.idem.cli.console;

import java.time.Duration;
import java.util.Locale;

/**
 * The progress of a task, its speed, and the time left at the speed so far.
 *
 * @param units pieces in all
 * @param before pieces that were done when it began here
 * @param done pieces done, those before included
 * @param elapsed since it began here
 */
record Pace(long units, long before, long done, Duration elapsed) {

  private static final double MILLIS = 1e3;
  private static final int FAST = 100;
  private static final int HOUR = 3_600;
  private static final int MINUTE = 60;

  /** {@code 240 of 1,200, 31.2/s, 0:00:31 left}; without speed and time where there is no speed. */
  String text() {
    String position = String.format(Locale.ROOT, "%,d of %,d", done, units);
    double rate = (done - before) / (elapsed.toMillis() / MILLIS);
    return rate > 0 && Double.isFinite(rate)
        ? position + ", " + speed(rate) + ", " + time((units - done) / rate) + " left"
        : position;
  }

  private static String speed(double rate) {
    if (rate < 1) {
      return String.format(Locale.ROOT, "%.1f s each", 1 / rate);
    }
    return String.format(Locale.ROOT, rate < FAST ? "%.1f/s" : "%,.0f/s", rate);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", whole / HOUR, whole / MINUTE % MINUTE, whole % MINUTE);
  }
}
