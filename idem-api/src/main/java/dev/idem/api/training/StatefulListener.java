package dev.idem.api.training;

import java.util.Map;

/**
 * A listener that has to remember something when a run is interrupted and goes on later: an
 * average, a best value, how long its file was.
 */
public interface StatefulListener extends TrainingListener {

  /** What its part of a saved run is called; unique among the listeners of a run. */
  String name();

  /** What to remember, once a step and everything that it caused is done. */
  Map<String, double[]> save();

  /**
   * Goes on from what was remembered; called before {@link #resumed}.
   *
   * @throws IllegalArgumentException if {@code saved} is nothing that this listener saved
   */
  void restore(Map<String, double[]> saved);
}
