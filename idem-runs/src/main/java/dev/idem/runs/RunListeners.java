package dev.idem.runs;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.runs.PreparedRun.Kept;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.ListenerFactory;
import dev.idem.runs.experiment.RunOptions;
import dev.idem.runs.experiment.RunOptions.LogFile;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The listeners of a run in a folder, in the order they are notified; closed in reverse. */
final class RunListeners implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TENSORBOARD = "tensorboard";

  private final List<TrainingListener> all = new ArrayList<>();
  private final List<StatefulListener> remembered = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final RunOptions options;
  private final EvaluationMetrics metrics;
  private final Consumer<String> report;
  private @Nullable ExponentialMovingAverage average;
  private @Nullable KeptBest best;
  private final Optional<PageListener> page;

  /**
   * Opens them.
   *
   * @param run the fingerprint of what decides the run
   * @param report notified of a listener that was dropped
   */
  RunListeners(
      Experiment experiment,
      PreparedRun prepared,
      RunFolder folder,
      String run,
      CheckpointFolder checkpoints,
      StopRequest stop,
      RunHost host,
      Consumer<String> report)
      throws IOException {
    this.options = experiment.run();
    this.metrics = prepared.metrics();
    this.report = report;
    try {
      remember(new Provenance(folder));
      all.add(metrics);
      all.add(opened(new TrainingProgress(host.progress(), metrics)));
      prepared.listeners().forEach(this::remember);
      BestMetric selecting = followed();
      if (selecting != null) {
        best = new KeptBest(selecting, checkpoints, run);
        all.add(best);
      }
      OptionalDouble decay = options.average().decay();
      if (decay.isPresent()) {
        average = new ExponentialMovingAverage(decay.getAsDouble(), options.average().every());
        remember(average);
      }
      addLogs(prepared, folder, host);
      page = host.page().map(shown -> page(shown, prepared, folder, host));
      page.ifPresent(all::add);
      for (ListenerFactory.Named own : experiment.contributed()) {
        addContributed(own, folder.path());
      }
      all.add(
          opened(
              new CheckpointListener(
                  checkpoints,
                  run,
                  options.checkpoints(),
                  remembered,
                  selecting,
                  stop,
                  host.clock())));
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Adds the metrics for early stopping and for the best checkpoint, if any; returns the latter.
   */
  private @Nullable BestMetric followed() {
    Optional<Metric> ending = options.earlyStopping().metric();
    Optional<Metric> selecting = options.selecting();
    BestMetric selected = null;
    if (ending.isPresent()) {
      BestMetric stopping =
          followed(ending.get(), OptionalLong.of(options.earlyStopping().patience()));
      selected = selecting.equals(ending) ? stopping : null;
    }
    return selecting.isPresent() && selected == null
        ? followed(selecting.get(), OptionalLong.empty())
        : selected;
  }

  private BestMetric followed(Metric metric, OptionalLong patience) {
    BestMetric followed =
        new BestMetric(metric.label(), network -> metrics.value(metric), patience);
    remember(followed);
    return followed;
  }

  private void addLogs(PreparedRun prepared, RunFolder folder, RunHost host) throws IOException {
    log(
        RunFolder.METRICS,
        new CsvListener.Evaluations(folder.file(RunFolder.METRICS), metrics.byName()));
    if (options.writes(LogFile.CSV)) {
      log(RunFolder.STEPS, new CsvListener(folder.file(RunFolder.STEPS)));
    }
    if (options.writes(LogFile.JSONL)) {
      log(RunFolder.EVENTS, new JsonLinesListener(folder.file(RunFolder.EVENTS), metrics.byName()));
    }
    if (options.writes(LogFile.TENSORBOARD)) {
      log(
          TENSORBOARD,
          new TensorBoardListener(
              folder.file(TENSORBOARD), metrics.byName(), prepared.pictures(), host.clock()));
    }
  }

  private PageListener page(
      RunHost.Page shown, PreparedRun prepared, RunFolder folder, RunHost host) {
    Snapshots snapshots =
        new Snapshots(
            folder.file(RunFolder.SNAPSHOTS), prepared.task().plan().steps(), prepared.pictures());
    return new PageListener(shown, folder, snapshots, host.clock(), report);
  }

  private void log(String name, RunFile file) {
    isolate(name, opened(file), report);
  }

  private void addContributed(ListenerFactory.Named own, Path folder) {
    TrainingListener listener = own.open(folder);
    if (listener instanceof AutoCloseable closeable) {
      open.add(() -> own.close(closeable, report));
    }
    isolate(
        "listener " + own.name(),
        listener,
        dropped -> report.accept("%s (of %s)".formatted(dropped, own.origin().label())));
  }

  private <L extends AutoCloseable> L opened(L listener) {
    open.add(listener);
    return listener;
  }

  private void isolate(String name, TrainingListener listener, Consumer<String> reporting) {
    remember(opened(new IsolatedListener(name, listener, PATIENCE, reporting)));
  }

  /** Closes something after all listeners. */
  void closeLast(AutoCloseable resource) {
    open.add(0, resource);
  }

  private void remember(StatefulListener listener) {
    Require.argument(
        remembered.stream().noneMatch(other -> other.name().equals(listener.name())),
        "two listeners of the run are called '%s'; a plug-in's needs a name of its own",
        listener.name());
    remembered.add(listener);
    all.add(listener);
  }

  List<TrainingListener> all() {
    return all;
  }

  /**
   * Restores each listener from its saved state.
   *
   * @throws IllegalArgumentException if one cannot be restored or has no saved state: its output
   *     would have a gap
   */
  void restore(Checkpoint from) {
    for (StatefulListener listener : remembered) {
      Map<String, double[]> saved = from.listeners().get(listener.name());
      if (saved == null) {
        throw new IllegalArgumentException(
            listener instanceof BestMetric metric
                ? "%s: run.best (%s) was not tracked when the run started; set it to none"
                    .formatted(RunFolder.EXPERIMENT, metric.metric())
                : "the run started without the listener '%s'; remove it, or start again in another folder"
                    .formatted(listener.name()));
      }
      listener.restore(saved);
    }
    if (best != null) {
      best.requireThere();
    }
  }

  /** The networks to keep of a run that has ended. */
  Map<Kept, NetworkState> kept(TrainedNetwork network) throws IOException {
    Map<Kept, NetworkState> kept = new EnumMap<>(Kept.class);
    if (best != null) {
      best.network(network)
          .ifPresentOrElse(
              state -> kept.put(Kept.BEST, state),
              () ->
                  report.accept(
                      "no network was better than the untrained one; there is no best model"));
    }
    kept.put(Kept.LAST, network.state());
    if (average != null) {
      average.average().ifPresent(state -> kept.put(Kept.AVERAGE, state));
    }
    return kept;
  }

  /** Shows the run as a page, if that was requested. */
  Optional<PageListener> page() {
    return page;
  }

  /** Keeps the best network, if that was requested. */
  Optional<KeptBest> best() {
    return Optional.ofNullable(best);
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      } catch (Exception e) {
        first = first == null ? new IllegalStateException(e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
