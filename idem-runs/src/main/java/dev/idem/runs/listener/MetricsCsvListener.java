package dev.idem.runs.listener;

import dev.idem.api.training.NetworkView;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Writes each evaluation's metrics as a line of CSV; their names contain neither commas nor quotes.
 * Resuming a run with other metrics is refused.
 */
public final class MetricsCsvListener implements StatefulListener, AutoCloseable {

  private final RunFile file;
  private final Map<String, ToDoubleFunction<NetworkView>> metrics;

  /** A listener that writes to {@code path}. */
  public MetricsCsvListener(Path path, Map<String, ToDoubleFunction<NetworkView>> metrics)
      throws IOException {
    this.file = RunFile.open(path);
    this.metrics = new LinkedHashMap<>(metrics);
  }

  @Override
  public String name() {
    return "metrics csv";
  }

  @Override
  public void started(TrainingTask task) {
    file.clear();
    write(header());
  }

  private String header() {
    return "steps done," + String.join(",", metrics.keySet());
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    file.goOn();
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    StringBuilder line = new StringBuilder(Long.toString(stepsDone));
    metrics.values().forEach(metric -> line.append(',').append(metric.applyAsDouble(network)));
    write(line.toString());
    file.flush();
  }

  private void write(String line) {
    file.append((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Map<String, double[]> save() {
    return file.save();
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    file.restore(saved);
    file.requireHeader(header());
  }

  @Override
  public void close() {
    file.close();
  }
}
