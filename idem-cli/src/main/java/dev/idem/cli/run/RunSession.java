package dev.idem.cli.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.eval.Progress;
import dev.idem.runs.checkpoint.CheckpointFolder;
import dev.idem.runs.checkpoint.MalformedCheckpointException;
import dev.idem.runs.checkpoint.RunInterruptedException;
import dev.idem.runs.folder.RunLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One run in its folder, from its lock to its result. */
public final class RunSession {

  /** In a provenance: {@link PreparedRun#data}. */
  public static final String DATA = "data";

  /** In a provenance: {@link PreparedRun#fingerprint}. */
  public static final String FINGERPRINT = "fingerprint";

  /** In a provenance: {@link PreparedRun#settings}. */
  public static final String SETTINGS = "settings";

  private static final double MILLIS = 1e3;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final RunFolder folder;
  private final TrainingEngine engine;
  private final InstantSource clock;
  private final Progress progress;
  private final Consumer<String> console;

  /** A session that reports to the console. */
  public RunSession(
      RunFolder folder,
      TrainingEngine engine,
      InstantSource clock,
      Progress progress,
      Consumer<String> console) {
    this.folder = folder;
    this.engine = engine;
    this.clock = clock;
    this.progress = progress;
    this.console = console;
  }

  /**
   * Runs the plan to its end. A run that cannot be resumed leaves its folder as it was, except for
   * an empty lock at most.
   *
   * @param resume whether to continue from the newest intact checkpoint, if there is one
   * @throws RunInterruptedException if a signal came: the run is saved, or complete if it came
   *     after the last step
   */
  public void run(PreparedRun plan, Map<String, ?> provenance, boolean resume) throws IOException {
    if (!resume) {
      folder.make();
    }
    try (RunLock lock = RunLock.take(folder.path(), clock);
        StopSignals signals = StopSignals.install(this::say, clock)) {
      CheckpointFolder checkpoints =
          new CheckpointFolder(folder.checkpoints(), plan.options().checkpointsKept());
      RunListeners listeners =
          RunListeners.open(
              plan, folder, checkpoints, signals.request(), progress, clock, this::say);
      Optional<CheckpointFolder.Found> found;
      try {
        found = resume ? found(plan, checkpoints, listeners) : Optional.empty();
      } catch (IOException | RuntimeException | Error e) {
        lock.leaveAsFound();
        listeners.close();
        throw e;
      }
      folder.make();
      try (RunLog log = RunLog.open(folder.log());
          listeners) {
        lock.tookOverFrom()
            .ifPresent(dead -> say("taken over from %s, which has ended".formatted(dead)));
        long steps = train(plan, provenance, resume, found, listeners, log);
        if (signals.request().requested()) {
          throw RunInterruptedException.afterTheLast(steps);
        }
      }
    }
  }

  /** Trains and writes the results; returns the number of steps done. */
  private long train(
      PreparedRun plan,
      Map<String, ?> provenance,
      boolean resume,
      Optional<CheckpointFolder.Found> found,
      RunListeners listeners,
      RunLog log)
      throws IOException {
    Instant began = clock.instant();
    try {
      if (resume) {
        say(resuming(found));
      } else {
        folder.write(RunFolder.EXPERIMENT, plan.configuration());
      }
      if (found.isEmpty()) {
        folder.write(RunFolder.PROVENANCE, json(provenance));
      }
      try (TrainedNetwork network = trained(plan, found, listeners)) {
        plan.metrics().evaluated(network.steps(), network);
        Optional<KeptBest> best = listeners.best();
        Optional<NetworkState> bestNetwork =
            best.isPresent() ? best.get().network(network) : Optional.empty();
        if (best.isPresent() && bestNetwork.isEmpty()) {
          say("no network was better than the untrained one; there is no best model");
        }
        plan.product().write(network, listeners.average(), bestNetwork, folder);
        folder.write(RunFolder.RESULT, json(result(plan, network, best, began)));
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
      log.failed(e);
      throw e;
    }
  }

  private Optional<CheckpointFolder.Found> found(
      PreparedRun plan, CheckpointFolder checkpoints, RunListeners listeners) throws IOException {
    try {
      RecordedProvenance.requireSameData(folder, plan.data());
      return checkpoints.newestIntact(plan.fingerprint(), listeners::restore);
    } catch (MalformedCheckpointException e) {
      List<String> changed = RecordedProvenance.changedSettings(folder, plan);
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

  private TrainedNetwork trained(
      PreparedRun plan, Optional<CheckpointFolder.Found> found, RunListeners listeners) {
    try {
      return found.isPresent()
          ? engine.resume(plan.task(), found.get().checkpoint().state(), listeners.all())
          : engine.train(plan.task(), listeners.all());
    } catch (RunInterruptedException interrupted) {
      say(
          "%s; continue with 'idem run --resume %s'"
              .formatted(interrupted.getMessage(), folder.toResume()));
      throw interrupted;
    }
  }

  private Map<String, Object> result(
      PreparedRun plan, TrainedNetwork network, Optional<KeptBest> best, Instant began) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("steps", network.steps());
    result.put("ended", network.stopReason());
    result.put("metrics", plan.metrics().values());
    best.ifPresent(kept -> result.put("best", kept.told()));
    result.put("finished", clock.instant().toString());
    result.put(
        "secondsSinceStartOrResume", Duration.between(began, clock.instant()).toMillis() / MILLIS);
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
    console.accept(line);
    RunLog.info(line);
  }
}
