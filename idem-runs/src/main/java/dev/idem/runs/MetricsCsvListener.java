package dev.idem.runs;

import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Writes each evaluation's metrics as a line of CSV; their names contain neither commas nor quotes.
 * Resuming a run with other metrics is refused.
 */
final class MetricsCsvListener extends RunFile {

  private final Map<String, ToDoubleFunction<NetworkView>> metrics;

  MetricsCsvListener(Path path, Map<String, ToDoubleFunction<NetworkView>> metrics)
      throws IOException {
    super("metrics csv", path);
    this.metrics = metrics;
  }

  @Override
  public void started(TrainingTask task) {
    super.started(task);
    appendLine(header());
  }

  private String header() {
    return "steps done," + String.join(",", metrics.keySet());
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    StringBuilder line = new StringBuilder(Long.toString(stepsDone));
    metrics.values().forEach(metric -> line.append(',').append(metric.applyAsDouble(network)));
    appendLine(line.toString());
    flush();
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    super.restore(saved);
    requireHeader(header());
  }
}
