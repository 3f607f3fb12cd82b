package dev.idem.runs;

import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The best network of a run by a metric: its checkpoint, from which it is read at the end. Must
 * come after the metric among a run's listeners. An untrained network is never kept.
 */
final class KeptBest implements TrainingListener {

  private final BestMetric metric;
  private final CheckpointFolder checkpoints;
  private final String run;
  private @Nullable Checkpoint missing;

  KeptBest(BestMetric metric, CheckpointFolder checkpoints, String run) {
    this.metric = metric;
    this.checkpoints = checkpoints;
    this.run = run;
  }

  /** Refuses, as an {@link IllegalArgumentException}, a run whose best network so far is lost. */
  void requireThere() {
    missing = null;
    if (metric.bestStep() > 0) {
      try {
        CheckpointFolder.Found found = checkpoints.best(run, metric.bestStep());
        missing = found.refused().isEmpty() ? null : found.checkpoint();
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "the best network so far is lost (%s); put it back, or set run.best to none in %s"
                .formatted(e.getMessage(), RunFolder.EXPERIMENT),
            e);
      }
    }
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    if (missing != null) {
      try {
        checkpoints.writeBest(missing);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** The best network of a run that has ended; empty if none was better than the untrained one. */
  Optional<NetworkState> network(TrainedNetwork last) throws IOException {
    long step = metric.bestStep();
    if (step <= 0) {
      return Optional.empty();
    }
    if (step == last.steps()) {
      return Optional.of(last.state());
    }
    try {
      return Optional.of(checkpoints.best(run, step).checkpoint().state().network());
    } catch (IOException e) {
      throw new IOException(
          "the best network, of step %s, is lost (%s); put it back, or set run.best to none in %s, and continue with --resume"
              .formatted(step, e.getMessage(), RunFolder.EXPERIMENT),
          e);
    }
  }

  /** What it is and where, for the console; empty if none was better than the untrained one. */
  Optional<String> describe(Path where) {
    return metric.bestStep() <= 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "best %s: %.4g after %d step%s, kept in %s",
                metric.metric(),
                metric.best(),
                metric.bestStep(),
                metric.bestStep() == 1 ? "" : "s",
                where));
  }

  /** Its entry in the result. */
  Map<String, Object> result() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("by", metric.metric());
    result.put("value", metric.best());
    result.put("step", metric.bestStep());
    return result;
  }
}
