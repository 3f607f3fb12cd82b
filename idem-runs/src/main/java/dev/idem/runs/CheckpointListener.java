package dev.idem.runs;

import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.runs.StopRequest.RunInterruptedException;
import dev.idem.runs.experiment.RunOptions.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves a run on a schedule, after its last step, and when it is asked to stop. The state is copied
 * on the training thread and written on another, one checkpoint at a time. This must be the last of
 * a run's listeners, so that the others have finished with the step that is saved.
 *
 * <p>A checkpoint that cannot be written ends the run with {@link CheckpointFailedException};
 * earlier checkpoints are kept.
 */
public final class CheckpointListener implements TrainingListener, AutoCloseable {

  private final CheckpointFolder folder;
  private final String run;
  private final Checkpoints schedule;
  private final List<StatefulListener> remembered;
  private final @Nullable BestMetric best;
  private final StopRequest stop;
  private final InstantSource clock;
  private final ExecutorService writer = IsolatedListener.thread("checkpoints");
  private @Nullable Future<Path> pending;
  private Instant last;
  private long planned = Long.MAX_VALUE;

  /** A run could not be saved, and stopped instead of continuing unsaved. */
  static final class CheckpointFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckpointFailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * A listener, to be closed after the run.
   *
   * @param run the fingerprint of everything that determines the run
   * @param remembered the run's listeners that have state
   * @param best the listener whose metric selects the best checkpoint to keep, or null
   */
  public CheckpointListener(
      CheckpointFolder folder,
      String run,
      Checkpoints schedule,
      List<StatefulListener> remembered,
      @Nullable BestMetric best,
      StopRequest stop,
      InstantSource clock) {
    this.folder = folder;
    this.run = run;
    this.schedule = schedule;
    this.remembered = List.copyOf(remembered);
    this.best = best;
    this.stop = stop;
    this.clock = clock;
    this.last = clock.instant();
  }

  @Override
  public void started(TrainingTask task) {
    planned = task.plan().steps();
    last = clock.instant();
  }

  @Override
  public void saveable(long stepsDone, Supplier<TrainingState> state) {
    boolean stopping = stop.requestedAfter(stepsDone);
    boolean improved = best != null && best.bestStep() == stepsDone;
    boolean due =
        stepsDone % schedule.everySteps() == 0
            || Duration.between(last, clock.instant()).toSeconds() >= schedule.everySeconds();
    if (!stopping && !improved && !due && stepsDone != planned) {
      return;
    }
    Checkpoint checkpoint = new Checkpoint(run, state.get(), saved());
    finishPending();
    pending = writer.submit(() -> write(checkpoint, improved));
    last = clock.instant();
    if (stopping || stepsDone == planned) {
      Path file = finishPending();
      if (stopping) {
        throw new RunInterruptedException(
            "interrupted after %s step%s; saved as %s"
                .formatted(stepsDone, stepsDone == 1 ? "" : "s", file));
      }
    }
  }

  private Path write(Checkpoint checkpoint, boolean improved) throws IOException {
    if (improved) {
      folder.writeBest(checkpoint);
    }
    return folder.write(checkpoint);
  }

  private Map<String, Map<String, double[]>> saved() {
    Map<String, Map<String, double[]>> saved = new LinkedHashMap<>();
    remembered.forEach(listener -> saved.put(listener.name(), listener.save()));
    return saved;
  }

  /** Waits for the checkpoint that is being written, if any, and returns its file. */
  private @Nullable Path finishPending() {
    Future<Path> waiting = pending;
    pending = null;
    if (waiting == null) {
      return null;
    }
    try {
      return waiting.get();
    } catch (ExecutionException e) {
      throw new CheckpointFailedException(
          "%s; the run ends here; once this is fixed, it resumes from the last checkpoint in the folder"
              .formatted(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckpointFailedException("interrupted while a checkpoint was being written", e);
    }
  }

  /** Waits for the current write. */
  @Override
  public void close() {
    try {
      finishPending();
    } finally {
      writer.shutdown();
    }
  }
}
