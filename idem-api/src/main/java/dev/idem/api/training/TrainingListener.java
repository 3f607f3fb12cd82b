package dev.idem.api.training;

import java.util.Optional;
import java.util.function.Supplier;

/** Told what happens in a run, in order, on the thread that trains. */
public interface TrainingListener {

  /** A run begins. */
  default void started(TrainingTask task) {}

  /**
   * A run goes on that was interrupted; told instead of {@link #started}, which it calls unless
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
   * @return the reason to stop now, or empty to go on
   */
  default Optional<String> reasonToStop() {
    return Optional.empty();
  }

  /**
   * A step is done, and what was to be evaluated after it: a moment that a run can go on from. Not
   * told after a step that a stop rule or a listener ended the run with.
   *
   * @param state reads the state, which takes as long as copying every parameter; to be asked in
   *     this call only
   */
  default void saveable(long stepsDone, Supplier<TrainingState> state) {}

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
