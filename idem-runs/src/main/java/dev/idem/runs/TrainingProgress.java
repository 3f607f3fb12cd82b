package dev.idem.runs;

import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.Progress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows a run's progress, the terms of its last step and the metrics of its last evaluation. Closed
 * when the run is over, however it ended.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {

  private final Progress progress;
  private final EvaluationMetrics metrics;
  private Map<String, Double> terms = Map.of();

  TrainingProgress(Progress progress, EvaluationMetrics metrics) {
    this.progress = progress;
    this.metrics = metrics;
  }

  @Override
  public void started(TrainingTask task) {
    resumed(task, 0);
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    progress.begin("training", task.plan().steps(), stepsDone);
    progress.tell(this::state);
  }

  @Override
  public void stepped(StepReport report) {
    terms = report.terms();
    progress.advance(1);
  }

  private String state() {
    Map<String, Double> all = new LinkedHashMap<>(terms);
    all.putAll(metrics.values());
    return all.entrySet().stream()
        .map(one -> String.format(Locale.ROOT, "%s %.3g", one.getKey(), one.getValue()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void finished(long stepsDone, String reason) {
    progress.end();
  }

  @Override
  public void diverged(DivergenceException divergence) {
    progress.end();
  }

  @Override
  public void close() {
    progress.end();
  }
}
