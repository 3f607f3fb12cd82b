package dev.idem.eval.comparison;

import java.util.List;
import java.util.OptionalDouble;

/** The median training time at each evaluation, over a fixed set of runs so that it never falls. */
final class TimeAxis {

  private final List<RunTiming> timings;
  private final boolean carryForward;

  /**
   * A time axis.
   *
   * @param timings of the runs
   * @param carryForward whether a run that ended early spent no more time, rather than having none
   */
  TimeAxis(List<RunTiming> timings, boolean carryForward) {
    this.timings = timings;
    this.carryForward = carryForward;
  }

  /** The median seconds at {@code step}; empty if a run has none. */
  OptionalDouble seconds(long step) {
    double[] seconds = timings.stream().mapToDouble(timing -> at(timing, step)).toArray();
    for (double value : seconds) {
      if (Double.isNaN(value)) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(Quartiles.median(seconds));
  }

  private double at(RunTiming timing, long step) {
    double seconds = Double.NaN;
    for (RunTiming.Point point : timing.points()) {
      if (point.step() == step || (point.step() < step && carryForward)) {
        seconds = point.seconds();
      }
    }
    return seconds;
  }
}
