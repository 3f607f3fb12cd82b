package dev.idem.api.training;

import java.util.Optional;

/** Told what happens in a run, in order, on the thread that trains. */
public interface TrainingListener {

  /** A run begins. */
  default void started(TrainingTask task) {}

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
   * @return the reason to stop now, or empty to go on
   */
  default Optional<String> reasonToStop() {
    return Optional.empty();
  }

  /**
   * A run ended as it should.
   *
   * @param stepsDone steps done
   * @param reason as {@link TrainedNetwork#stopReason()}
   */
  default void finished(long stepsDone, String reason) {}

  /** A run was stopped by the divergence guard. */
  default void diverged(DivergenceException divergence) {}
}
