package dev.idem.api.training;

import java.util.Map;

/**
 * A listener with state that must survive an interrupted and resumed run: an average, a best value,
 * the length of its file.
 */
public interface StatefulListener extends TrainingListener {

  /** The name of its part of a saved run; unique among the listeners of a run. */
  String name();

  /** The state to save, once a step and everything that it caused is done. */
  Map<String, double[]> save();

  /**
   * Restores the saved state; called before {@link #resumed}.
   *
   * @throws IllegalArgumentException if {@code saved} is not a state that this listener saved
   */
  void restore(Map<String, double[]> saved);
}
