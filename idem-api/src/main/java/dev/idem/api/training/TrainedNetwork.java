package dev.idem.api.training;

import dev.idem.api.training.NetworkView.LiveNetwork;

/** The outcome of a run. Holds the engine's resources until closed; closing twice does nothing. */
public interface TrainedNetwork extends LiveNetwork {

  /** How the run ended. */
  TrainingLoop.End end();

  /** The number of steps done. */
  default long steps() {
    return end().steps();
  }

  /**
   * Why the run ended: {@link TrainingLoop#COMPLETED}, or what the stop rule or the listener that
   * ended it said.
   */
  default String stopReason() {
    return end().reason();
  }
}
