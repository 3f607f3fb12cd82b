package dev.idem.api.training;

/** The outcome of a run. Holds the engine's resources until closed; closing twice does nothing. */
public interface TrainedNetwork extends LiveNetwork {

  /** The number of steps done. */
  long steps();

  /**
   * Why the run ended: {@link TrainingLoop#COMPLETED}, or what the stop rule or the listener that
   * ended it said.
   */
  String stopReason();
}
