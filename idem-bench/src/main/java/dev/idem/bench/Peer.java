package dev.idem.bench;

import java.util.List;
import java.util.Map;

/** An engine that runs a {@link Workload}. */
interface Peer {

  /**
   * What some steps gave.
   *
   * @param losses the loss before each step; of a substituted gradient its norm
   * @param weights afterwards by name, in idem's layout
   */
  record Trace(List<Double> losses, Map<String, float[]> weights) {}

  /** Trains from the initial weights of the workload's plan. */
  Trace train(Workload workload, int steps);

  /**
   * Times steps one by one.
   *
   * @param seconds for which steps are timed, after a third of it that is not
   * @return the time of each step in milliseconds, at least {@link StepClock#FEWEST}
   */
  List<Double> time(Workload workload, double seconds);
}
