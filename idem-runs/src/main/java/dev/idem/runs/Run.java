package dev.idem.runs;

import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.runs.StopRequest.RunInterruptedException;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiment.Subject;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an experiment: it trains with one seed, in a folder of its own, saves checkpoints, and
 * can be resumed to the same bytes.
 *
 * <pre>{@code
 * try (Run run = Run.begin(experiment, new RunFolder(folder), engine, images, host)) {
 *   run.train(stop);
 * }
 * }</pre>
 */
public final class Run implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final double MILLIS = 1e3;

  private final Experiment experiment;
  private final RunFolder folder;
  private final RunHost host;
  private final boolean resume;
  private final long seed;
  private final String fingerprint;
  private final TrainingEngine engine;
  private final PreparedRun prepared;
  private final Map<String, Object> provenance;

  private Run(
      Experiment experiment,
      RunFolder folder,
      TrainingEngine engine,
      RunHost.ImageOpener images,
      RunHost host,
      boolean resume)
      throws IOException {
    this.experiment = experiment;
    this.folder = folder;
    this.host = host;
    this.resume = resume;
    this.seed = experiment.seeds().get(0);
    this.fingerprint = experiment.settings().fingerprint(seed);
    this.engine = engine;
    Map<String, String> environment = new LinkedHashMap<>(host.environment(engine));
    this.prepared =
        experiment.subject() instanceof Subject.SelfMap map
            ? PreparedRun.OfMap.of(map, experiment.plan(seed, 1), experiment.run(), host)
            : GeneratorRun.open(experiment, folder, resume, images, environment, host);
    this.provenance =
        Provenance.entries(experiment, prepared, environment, host.plugins(experiment));
  }

  /**
   * A new run.
   *
   * @param experiment of one seed
   * @param folder must not hold a run
   * @param engine has the options of the experiment
   * @param images opens those of a generator
   * @throws IOException if the images cannot be opened, or runs of other seeds beside this one were
   *     started with others
   */
  public static Run begin(
      Experiment experiment,
      RunFolder folder,
      TrainingEngine engine,
      RunHost.ImageOpener images,
      RunHost host)
      throws IOException {
    return new Run(experiment, folder, engine, images, host, false);
  }

  /**
   * The run of a folder, to be continued from its newest intact checkpoint.
   *
   * @param experiment that of the folder, or the same {@linkplain Experiment#withDataAt with its
   *     images elsewhere}
   * @param engine has the options of the experiment
   * @param images opens those of a generator
   * @throws IOException if the images cannot be opened
   */
  public static Run resume(
      Experiment experiment,
      RunFolder folder,
      TrainingEngine engine,
      RunHost.ImageOpener images,
      RunHost host)
      throws IOException {
    return new Run(experiment, folder, engine, images, host, true);
  }

  /** What the run trains. */
  public TrainingTask task() {
    return prepared.task();
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
    try (RunLock lock = RunLock.take("run folder", folder.path(), host.clock())) {
      CheckpointFolder checkpoints =
          new CheckpointFolder(folder.checkpoints(), experiment.run().checkpoints().kept());
      RunListeners listeners =
          new RunListeners(
              experiment, prepared, folder, fingerprint, checkpoints, stop, host, this::say);
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
        listeners.closeLast(host.log(folder.file(RunFolder.LOG)));
        lock.tookOverFrom()
            .ifPresent(dead -> say("taken over from %s, which has ended".formatted(dead)));
        long steps = train(found, listeners);
        if (stop.requested()) {
          throw new RunInterruptedException(
              "interrupted after all its %s steps; complete".formatted(steps));
        }
      }
    }
  }

  private Optional<CheckpointFolder.Found> found(
      CheckpointFolder checkpoints, RunListeners listeners) throws IOException {
    Provenance recorded = new Provenance(folder);
    recorded.requireSameData(prepared.data());
    try {
      return checkpoints.newestIntact(fingerprint, listeners::restore);
    } catch (MalformedFileException e) {
      List<String> changed =
          recorded.changedSettings(fingerprint, experiment.settings().deciding());
      throw new IOException(
          changed.isEmpty()
              ? "%s. Undo the changes, including those to %s, or start again in another folder"
                  .formatted(e.getMessage(), RunFolder.EXPERIMENT)
              : "%s has changed since the run started: %s; undo that, or start in another folder"
                  .formatted(folder.file(RunFolder.EXPERIMENT), String.join(", ", changed)),
          e);
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
        folder.write(RunFolder.EXPERIMENT, experiment.settings().print());
      }
      if (found.isEmpty()) {
        folder.writeJson(RunFolder.PROVENANCE, provenance);
      }
      prepared.begun();
      try (TrainedNetwork network = trained(found, listeners)) {
        prepared.metrics().evaluated(network.steps(), network);
        listeners.page().ifPresent(page -> page.draw(network));
        prepared.write(network, listeners.kept(network), folder);
        CollapseVerdict verdict = prepared.metrics().verdict(network);
        folder.writeJson(RunFolder.RESULT, result(network, verdict, listeners.best(), began));
        if (verdict != CollapseVerdict.HEALTHY) {
          say(
              "verdict on the trained network: %s, %s"
                  .formatted(
                      verdict.name().toLowerCase(Locale.ROOT),
                      CollapseThresholds.defaults().describe(verdict)));
        }
        say(
            "%s after %s step%s; run: %s"
                .formatted(
                    network.stopReason(),
                    network.steps(),
                    network.steps() == 1 ? "" : "s",
                    folder.path()));
        listeners
            .best()
            .flatMap(best -> best.describe(folder.file(prepared.nameOf(PreparedRun.Kept.BEST))))
            .ifPresent(this::say);
        listeners.page().ifPresent(page -> page.write(RunHost.Page.State.ENDED));
        return network.steps();
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.info("ended: {}", host.describe(e), e);
      if (e instanceof RunInterruptedException || e instanceof DivergenceException) {
        listeners.page().ifPresent(page -> page.write(RunHost.Page.State.STOPPED));
      }
      throw e;
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
          ? engine.resume(task(), found.get().checkpoint().state(), listeners.all())
          : engine.train(task(), listeners.all());
    } catch (RunInterruptedException interrupted) {
      say(
          "%s; continue with 'idem run --resume %s'"
              .formatted(interrupted.getMessage(), folder.toResume()));
      throw interrupted;
    }
  }

  private Map<String, Object> result(
      TrainedNetwork network, CollapseVerdict verdict, Optional<KeptBest> best, Instant began) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("steps", network.steps());
    result.put("ended", network.stopReason());
    result.put("metrics", prepared.metrics().values());
    result.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
    best.ifPresent(kept -> result.put("best", kept.result()));
    result.put("finished", host.clock().instant().toString());
    result.put(
        "secondsSinceStartOrResume",
        Duration.between(began, host.clock().instant()).toMillis() / MILLIS);
    return result;
  }

  private void say(String line) {
    host.report(line);
    LOG.info(line);
  }

  /** Closes the data of the run. */
  @Override
  public void close() throws IOException {
    prepared.close();
  }
}
