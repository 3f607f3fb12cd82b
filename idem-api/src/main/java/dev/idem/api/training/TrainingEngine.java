package dev.idem.api.training;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView.LiveNetwork;
import java.util.List;

/** Trains networks. Implementations are safe for use by several threads, one run in each. */
public interface TrainingEngine {

  /**
   * Runs the task to its end, or until a stop rule ends it.
   *
   * @param listeners called at each step and evaluation, in order, on the calling thread
   * @return the network, to be closed by the caller
   * @throws DivergenceException if a loss, a gradient or an output is not finite; parameters are
   *     not updated in that step
   * @throws IllegalArgumentException if the network or a strategy gives tensors of the wrong shape
   */
  TrainedNetwork train(TrainingTask task, List<? extends TrainingListener> listeners);

  /**
   * Resumes a run of the task from a state that {@link TrainingListener#saveable} gave: the same
   * engine on the same machine gives the same bytes as a run that was never interrupted.
   *
   * @throws IllegalArgumentException if {@code from} is not a state of {@code task}; otherwise as
   *     {@link #train(TrainingTask, List)}
   */
  TrainedNetwork resume(
      TrainingTask task, TrainingState from, List<? extends TrainingListener> listeners);

  /** Runs the task with one listener, or none. */
  default TrainedNetwork train(TrainingTask task, TrainingListener... listeners) {
    return train(task, List.of(listeners));
  }

  /**
   * A trained network as a function, for inference only.
   *
   * @return the network, to be closed by the caller
   * @throws IllegalArgumentException if {@code state} does not belong to {@code network}
   */
  LiveNetwork open(Network network, NetworkState state);

  /** A line that names the engine, its version and its device. */
  String description();

  /**
   * The outcome of a run. Holds the engine's resources until closed; closing twice does nothing.
   */
  interface TrainedNetwork extends LiveNetwork {

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

  /** Creates engines for a device and a number of threads. */
  @FunctionalInterface
  interface EngineFactory {

    /**
     * An engine.
     *
     * @throws IllegalArgumentException if the device does not exist, naming those that do
     */
    TrainingEngine create(EngineOptions options);
  }
}
