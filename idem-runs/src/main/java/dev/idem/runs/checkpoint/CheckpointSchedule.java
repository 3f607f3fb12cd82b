package dev.idem.runs.checkpoint;

import dev.idem.api.check.Require;
import java.time.Duration;

/**
 * The schedule of checkpoints: after a number of steps or an amount of time since the last one,
 * whichever comes first; and after the last step.
 *
 * @param everySteps positive
 * @param everyTime positive
 */
public record CheckpointSchedule(long everySteps, Duration everyTime) {

  public CheckpointSchedule {
    Require.positive("everySteps", everySteps);
    Require.argument(
        everyTime.compareTo(Duration.ZERO) > 0, "everyTime (%s) must be positive", everyTime);
  }

  /** Every 1,000 steps and every 5 minutes. */
  public static CheckpointSchedule defaults() {
    return new CheckpointSchedule(1_000, Duration.ofMinutes(5));
  }

  boolean due(long stepsDone, Duration sinceLast) {
    return stepsDone % everySteps == 0 || sinceLast.compareTo(everyTime) >= 0;
  }
}
