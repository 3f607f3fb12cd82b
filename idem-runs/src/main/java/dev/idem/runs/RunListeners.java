package dev.idem.runs;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.TrainingListener;
import dev.idem.eval.Progress;
import dev.idem.runs.checkpoint.BestMetric;
import dev.idem.runs.checkpoint.Checkpoint;
import dev.idem.runs.checkpoint.CheckpointFolder;
import dev.idem.runs.checkpoint.CheckpointListener;
import dev.idem.runs.checkpoint.CheckpointSchedule;
import dev.idem.runs.checkpoint.StopRequest;
import dev.idem.runs.experiment.RunOptions;
import dev.idem.runs.experiment.RunOptions.LogFile;
import dev.idem.runs.experiment.RunOptions.Metric;
import dev.idem.runs.listener.ContributedListener;
import dev.idem.runs.listener.CsvListener;
import dev.idem.runs.listener.ExponentialMovingAverage;
import dev.idem.runs.listener.IsolatedListener;
import dev.idem.runs.listener.JsonLinesListener;
import dev.idem.runs.listener.MetricsCsvListener;
import dev.idem.runs.tensorboard.TensorBoardListener;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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

  private final List<TrainingListener> all = new ArrayList<>();
  private final List<StatefulListener> remembered = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final EvaluationMetrics metrics;
  private final @Nullable ExponentialMovingAverage average;
  private @Nullable KeptBest best;

  private RunListeners(EvaluationMetrics metrics, @Nullable ExponentialMovingAverage average) {
    this.metrics = metrics;
    this.average = average;
  }

  /**
   * Opens them.
   *
   * @param report notified of a listener that was dropped
   */
  static RunListeners open(
      PreparedRun prepared,
      RunFolder folder,
      CheckpointFolder checkpoints,
      StopRequest stop,
      Progress progress,
      InstantSource clock,
      Consumer<String> report)
      throws IOException {
    RunOptions options = prepared.experiment().run();
    EvaluationMetrics metrics = prepared.metrics();
    ExponentialMovingAverage average = average(options);
    RunListeners listeners = new RunListeners(metrics, average);
    try {
      listeners.remember(new UnchangedFile(folder.file(RunFolder.PROVENANCE)));
      listeners.add(metrics);
      TrainingProgress shown = new TrainingProgress(progress, metrics);
      listeners.open.add(shown);
      listeners.add(shown);
      for (StatefulListener own : prepared.listeners()) {
        listeners.remember(own);
      }
      BestMetric best = listeners.followed(options);
      if (best != null) {
        listeners.best = new KeptBest(best, checkpoints, prepared.fingerprint());
        listeners.add(listeners.best);
      }
      if (average != null) {
        listeners.remember(average);
      }
      listeners.addWriters(prepared, folder, clock, report);
      CheckpointListener checkpoint =
          new CheckpointListener(
              checkpoints,
              prepared.fingerprint(),
              new CheckpointSchedule(
                  options.checkpoints().everySteps(),
                  Duration.ofSeconds(options.checkpoints().everySeconds())),
              listeners.remembered,
              best,
              stop,
              clock);
      listeners.open.add(checkpoint);
      listeners.add(checkpoint);
      return listeners;
    } catch (IOException | RuntimeException | Error e) {
      listeners.close();
      throw e;
    }
  }

  private static @Nullable ExponentialMovingAverage average(RunOptions options) {
    OptionalDouble decay = options.average().decay();
    return decay.isPresent()
        ? new ExponentialMovingAverage(decay.getAsDouble(), options.average().every())
        : null;
  }

  private static BestMetric best(EvaluationMetrics metrics, Metric metric, OptionalLong patience) {
    return new BestMetric(metric.label(), network -> metrics.value(metric), patience);
  }

  /** Adds the metrics for early stopping and for the best checkpoint, if any. */
  private @Nullable BestMetric followed(RunOptions options) {
    @Nullable BestMetric kept = null;
    Optional<Metric> ending = options.earlyStopping().metric();
    if (ending.isPresent()) {
      OptionalLong patience = OptionalLong.of(options.earlyStopping().patience());
      BestMetric stopping = best(metrics, ending.get(), patience);
      remember(stopping);
      kept = options.best().equals(ending) ? stopping : null;
    }
    if (options.best().isPresent() && kept == null) {
      kept = best(metrics, options.best().get(), OptionalLong.empty());
      remember(kept);
    }
    return kept;
  }

  private void addWriters(
      PreparedRun prepared, RunFolder folder, InstantSource clock, Consumer<String> report)
      throws IOException {
    RunOptions options = prepared.experiment().run();
    MetricsCsvListener evaluations =
        new MetricsCsvListener(folder.file(RunFolder.METRICS), metrics.byName());
    open.add(evaluations);
    isolate(RunFolder.METRICS, evaluations, report);
    if (options.writes(LogFile.CSV)) {
      CsvListener csv = new CsvListener(folder.file(RunFolder.STEPS));
      open.add(csv);
      isolate(RunFolder.STEPS, csv, report);
    }
    if (options.writes(LogFile.JSONL)) {
      JsonLinesListener lines =
          new JsonLinesListener(folder.file(RunFolder.EVENTS), metrics.byName());
      open.add(lines);
      isolate(RunFolder.EVENTS, lines, report);
    }
    if (options.writes(LogFile.TENSORBOARD)) {
      TensorBoardListener board =
          new TensorBoardListener(
              folder.tensorBoard(), metrics.byName(), prepared.product().pictures(), clock);
      open.add(board);
      isolate("tensorboard", board, report);
    }
    for (ContributedListener own : prepared.experiment().contributed()) {
      TrainingListener listener = own.open(folder.path());
      if (listener instanceof AutoCloseable closeable) {
        open.add(() -> own.close(closeable, report));
      }
      isolate(
          "listener " + own.name(),
          listener,
          dropped -> report.accept("%s (of %s)".formatted(dropped, own.origin().label())));
    }
  }

  private void isolate(String name, TrainingListener listener, Consumer<String> report) {
    IsolatedListener isolated = new IsolatedListener(name, listener, PATIENCE, report);
    open.add(isolated);
    remember(isolated);
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
    add(listener);
  }

  private void add(TrainingListener listener) {
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
                ? "%s: run.best (%s) was not tracked when the run started; undo that change"
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

  /** The average of the weights, if one was requested and there is one. */
  Optional<NetworkState> average() {
    return average == null ? Optional.empty() : average.average();
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
