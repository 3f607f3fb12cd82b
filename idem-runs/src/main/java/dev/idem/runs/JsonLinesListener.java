package dev.idem.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Writes all events of a run as lines of JSON: {@code {"event":"step","step":12,...}}; the events
 * are {@code start}, {@code step}, {@code evaluation}, {@code end} and {@code divergence}.
 * Non-finite values are written as strings, as JSON has no notation for them.
 */
final class JsonLinesListener extends RunFile {

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, ToDoubleFunction<NetworkView>> metrics;

  /** A listener that writes to {@code path}, with the given metrics at every evaluation. */
  JsonLinesListener(Path path, Map<String, ToDoubleFunction<NetworkView>> metrics)
      throws IOException {
    super("json lines", path);
    this.metrics = metrics;
  }

  @Override
  public void started(TrainingTask task) {
    super.started(task);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("network", task.network().description());
    values.put("plan", task.plan().toString());
    write("start", values);
  }

  @Override
  public void stepped(StepReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("step", report.step());
    values.put("terms", report.terms());
    values.put("gradientNorm", report.gradientNorm());
    values.put("learningRate", report.learningRate());
    write("step", values);
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("stepsDone", stepsDone);
    metrics.forEach((name, metric) -> values.put(name, metric.applyAsDouble(network)));
    write("evaluation", values);
  }

  @Override
  public void finished(long stepsDone, String reason) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("stepsDone", stepsDone);
    values.put("reason", reason);
    write("end", values);
    flush();
  }

  @Override
  public void diverged(DivergenceException divergence) {
    write("divergence", Map.of("message", String.valueOf(divergence.getMessage())));
    flush();
  }

  private void write(String kind, Map<String, ?> values) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", kind);
    event.putAll(values);
    try {
      appendLine(JSON.writeValueAsString(event));
    } catch (JacksonException e) {
      throw new IllegalStateException("an event is plain values", e);
    }
  }
}
