package dev.idem.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingTask;
import dev.idem.runs.checkpoint.CheckpointFolder;
import dev.idem.runs.checkpoint.MalformedCheckpointException;
import dev.idem.runs.checkpoint.RunInterruptedException;
import dev.idem.runs.checkpoint.StopRequest;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.folder.RunLock;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run in its folder, from its lock to its result; see {@link Runs}. */
public final class Run implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final double MILLIS = 1e3;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final PreparedRun prepared;
  private final RunFolder folder;
  private final TrainingEngine engine;
  private final Map<String, ?> provenance;
  private final boolean resume;
  private final RunHost host;

  Run(
      PreparedRun prepared,
      RunFolder folder,
      TrainingEngine engine,
      Map<String, ?> provenance,
      boolean resume,
      RunHost host) {
    this.prepared = prepared;
    this.folder = folder;
    this.engine = engine;
    this.provenance = provenance;
    this.resume = resume;
    this.host = host;
  }

  /** What the run trains. */
  public TrainingTask task() {
    return prepared.task();
  }

  /** The experiment that it is of. */
  public Experiment experiment() {
    return prepared.experiment();
  }

  /**
   * Trains to the end and writes the results. A run that cannot be resumed leaves its folder as it
   * was, except for an empty lock at most.
   *
   * @param stop saves the run after its current step and ends it, once requested
   * @throws RunInterruptedException if that was requested: the run is saved, or complete if it came
   *     after the last step
   * @throws IOException if the folder is in use, cannot be written to, or holds a run that cannot
   *     be resumed
   */
  public void train(StopRequest stop) throws IOException {
    if (!resume) {
      folder.make();
    }
    try (RunLock lock = RunLock.take(folder.path(), host.clock())) {
      CheckpointFolder checkpoints =
          new CheckpointFolder(
              folder.checkpoints(), prepared.experiment().run().checkpoints().kept());
      RunListeners listeners =
          RunListeners.open(
              prepared, folder, checkpoints, stop, host.progress(), host.clock(), this::say);
      Optional<CheckpointFolder.Found> found;
      try {
        found = resume ? found(checkpoints, listeners) : Optional.empty();
      } catch (IOException | RuntimeException | Error e) {
        lock.leaveAsFound();
        listeners.close();
        throw e;
      }
      folder.make();
      try (listeners) {
        listeners.closeLast(host.log(folder.log()));
        lock.tookOverFrom()
            .ifPresent(dead -> say("taken over from %s, which has ended".formatted(dead)));
        long steps = train(found, listeners);
        if (stop.requested()) {
          throw RunInterruptedException.afterTheLast(steps);
        }
      }
    }
  }

  /** Trains and writes the results; returns the number of steps done. */
  private long train(Optional<CheckpointFolder.Found> found, RunListeners listeners)
      throws IOException {
    Instant began = host.clock().instant();
    try {
      if (resume) {
        say(resuming(found));
      } else {
        folder.write(RunFolder.EXPERIMENT, prepared.experiment().settings().print());
      }
      if (found.isEmpty()) {
        folder.write(RunFolder.PROVENANCE, json(provenance));
      }
      try (TrainedNetwork network = trained(found, listeners)) {
        prepared.metrics().evaluated(network.steps(), network);
        Optional<KeptBest> best = listeners.best();
        Optional<NetworkState> bestNetwork =
            best.isPresent() ? best.get().network(network) : Optional.empty();
        if (best.isPresent() && bestNetwork.isEmpty()) {
          say("no network was better than the untrained one; there is no best model");
        }
        prepared.product().write(network, listeners.average(), bestNetwork, folder);
        folder.write(RunFolder.RESULT, json(result(network, best, began)));
        say(
            "%s after %s step%s; run: %s"
                .formatted(
                    network.stopReason(),
                    network.steps(),
                    network.steps() == 1 ? "" : "s",
                    folder.path()));
        return network.steps();
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.info("ended: {}", host.describe(e), e);
      throw e;
    }
  }

  private Optional<CheckpointFolder.Found> found(
      CheckpointFolder checkpoints, RunListeners listeners) throws IOException {
    try {
      RecordedProvenance.requireSameData(folder, prepared.data());
      return checkpoints.newestIntact(prepared.fingerprint(), listeners::restore);
    } catch (MalformedCheckpointException e) {
      List<String> changed = RecordedProvenance.changedSettings(folder, prepared);
      throw new IOException(
          changed.isEmpty()
              ? "%s. Undo the changes, including those to %s, or start again in another folder"
                  .formatted(e.getMessage(), RunFolder.EXPERIMENT)
              : "%s has changed since the run started: %s; undo that, or start in another folder"
                  .formatted(folder.file(RunFolder.EXPERIMENT), String.join(", ", changed)),
          e);
    }
  }

  private static String resuming(Optional<CheckpointFolder.Found> found) {
    return found
        .map(
            from ->
                "resuming after step %s, from %s"
                    .formatted(from.checkpoint().state().stepsDone(), from.description()))
        .orElse("no checkpoint yet; starting from the beginning");
  }

  private TrainedNetwork trained(Optional<CheckpointFolder.Found> found, RunListeners listeners) {
    try {
      return found.isPresent()
          ? engine.resume(prepared.task(), found.get().checkpoint().state(), listeners.all())
          : engine.train(prepared.task(), listeners.all());
    } catch (RunInterruptedException interrupted) {
      say(
          "%s; continue with 'idem run --resume %s'"
              .formatted(interrupted.getMessage(), folder.toResume()));
      throw interrupted;
    }
  }

  private Map<String, Object> result(
      TrainedNetwork network, Optional<KeptBest> best, Instant began) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("steps", network.steps());
    result.put("ended", network.stopReason());
    result.put("metrics", prepared.metrics().values());
    best.ifPresent(kept -> result.put("best", kept.told()));
    result.put("finished", host.clock().instant().toString());
    result.put(
        "secondsSinceStartOrResume",
        Duration.between(began, host.clock().instant()).toMillis() / MILLIS);
    return result;
  }

  private static String json(Map<String, ?> values) {
    try {
      return JSON.writeValueAsString(values) + "\n";
    } catch (JacksonException e) {
      throw new IllegalStateException("plain values", e);
    }
  }

  private void say(String line) {
    host.report(line);
    LOG.info(line);
  }

  /** Closes the data of the run. */
  @Override
  public void close() throws IOException {
    prepared.opened().close();
  }
}
