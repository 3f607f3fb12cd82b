package dev.idem.eval.collapse;

import dev.idem.api.check.Require;

/**
 * The rule by which a {@link CollapseAlarm} warns and stops. Shares are of the real samples'
 * effective rank; all numbers are this project's own choice.
 *
 * @param warnBelow a share below this is an alarm, and a share at or above it is healthy; positive
 * @param stop whether the run is ended
 * @param stopBelow the run is ended if the share stays below this; positive, at most {@code
 *     warnBelow}
 * @param stopAfter for that many evaluations in a row; positive
 * @param graceSteps until the share has been healthy once, or so many steps are done, nothing
 *     happens: an untrained network may map everything to nearly one point; not negative
 */
public record AlarmRule(
    double warnBelow, boolean stop, double stopBelow, int stopAfter, long graceSteps) {

  public AlarmRule {
    Require.positive("warnBelow", warnBelow);
    Require.positive("stopBelow", stopBelow);
    Require.argument(
        stopBelow <= warnBelow,
        "stopBelow (%s) must be at most warnBelow (%s)",
        stopBelow,
        warnBelow);
    Require.positive("stopAfter", stopAfter);
    Require.notNegative("graceSteps", graceSteps);
  }

  /** Warns below a half, never stops; grace of 100 steps. */
  public static AlarmRule warning() {
    return new AlarmRule(0.5, false, 0.25, 2, 100);
  }

  /** As {@link #warning}, and stops after two evaluations in a row below a quarter. */
  public static AlarmRule stopping() {
    return new AlarmRule(0.5, true, 0.25, 2, 100);
  }
}
