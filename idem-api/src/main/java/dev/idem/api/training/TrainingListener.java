package dev.idem.api.training;

import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Receives the events of a run, in order, on the training thread. */
public interface TrainingListener {

  /** A run begins. */
  default void started(TrainingTask task) {}

  /**
   * An interrupted run resumes; called instead of {@link #started}, which it calls unless
   * overridden.
   *
   * @param stepsDone steps done before
   */
  default void resumed(TrainingTask task, long stepsDone) {
    started(task);
  }

  /** A step is done. */
  default void stepped(StepReport report) {}

  /**
   * The evaluation schedule is due: before the first step, every {@link
   * TrainingPlan#evaluateEvery()} steps, and after the last.
   *
   * @param stepsDone steps done so far
   * @param network the network as it is now; valid during this call only
   */
  default void evaluated(long stepsDone, NetworkView network) {}

  /**
   * Asked after each evaluation; the first listener with a reason ends the run.
   *
   * @return the reason to stop now, or empty to continue
   */
  default Optional<String> reasonToStop() {
    return Optional.empty();
  }

  /**
   * A step and any evaluation after it are done: a point that a run can resume from. Not called
   * after a step at which a stop rule or a listener ended the run.
   *
   * @param state reads the state, which takes as long as copying every parameter; valid during this
   *     call only
   */
  default void saveable(long stepsDone, Supplier<TrainingState> state) {}

  /**
   * A run ended normally.
   *
   * @param stepsDone steps done
   * @param reason as {@link TrainedNetwork#stopReason()}
   */
  default void finished(long stepsDone, String reason) {}

  /** A run was stopped by the divergence guard. */
  default void diverged(DivergenceException divergence) {}

  /**
   * What one training step measured on its own batch, before its update.
   *
   * @param step from 0
   * @param terms for each term of the objective: the loss, or for an output gradient its Euclidean
   *     norm; without the factor of the term's schedule, so that the values of different steps
   *     compare
   * @param gradientNorm the global norm of the parameter gradients, before clipping
   * @param learningRate as used, schedule applied
   */
  record StepReport(
      long step, Map<String, Double> terms, double gradientNorm, double learningRate) {}

  /**
   * A listener with state that must survive an interrupted and resumed run: an average, a best
   * value, the length of its file.
   */
  interface StatefulListener extends TrainingListener {

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
}
