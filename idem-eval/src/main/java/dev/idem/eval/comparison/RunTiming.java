package dev.idem.eval.comparison;

import dev.idem.eval.comparison.ComparisonRun.Cell;
import java.util.List;

/**
 * How long a run trained for. Times differ from one execution to the next, and are kept apart from
 * what does not.
 *
 * @param cell which run
 * @param points at each evaluation of the run, in order
 */
public record RunTiming(Cell cell, List<Point> points) {

  /**
   * The time one evaluation was reached.
   *
   * @param step training steps done
   * @param seconds of training since the first evaluation began the clock; time spent on
   *     evaluations, and on building what is trained, is not in it
   */
  public record Point(long step, double seconds) {}

  public RunTiming {
    points = List.copyOf(points);
  }
}
