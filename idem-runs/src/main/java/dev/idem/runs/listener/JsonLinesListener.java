package dev.idem.runs.listener;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Writes all events of a run as lines of JSON: {@code {"event":"step","step":12,...}}; the events
 * are {@code start}, {@code step}, {@code evaluation}, {@code end} and {@code divergence}.
 * Non-finite values are written as strings, as JSON has no notation for them.
 */
public final class JsonLinesListener implements StatefulListener, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final RunFile file;
  private final Map<String, ToDoubleFunction<NetworkView>> metrics;

  /** A listener that writes to {@code path}, with the given metrics at every evaluation. */
  public JsonLinesListener(Path path, Map<String, ToDoubleFunction<NetworkView>> metrics)
      throws IOException {
    this.file = RunFile.open(path);
    this.metrics = new LinkedHashMap<>(metrics);
  }

  @Override
  public String name() {
    return "json lines";
  }

  @Override
  public void started(TrainingTask task) {
    file.clear();
    Map<String, Object> event = event("start");
    event.put("network", task.network().description());
    event.put("plan", task.plan().toString());
    write(event);
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    file.goOn();
  }

  @Override
  public void stepped(StepReport report) {
    Map<String, Object> event = event("step");
    event.put("step", report.step());
    event.put("terms", report.terms());
    event.put("gradientNorm", report.gradientNorm());
    event.put("learningRate", report.learningRate());
    write(event);
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    Map<String, Object> event = event("evaluation");
    event.put("stepsDone", stepsDone);
    metrics.forEach((name, metric) -> event.put(name, metric.applyAsDouble(network)));
    write(event);
  }

  @Override
  public void finished(long stepsDone, String reason) {
    Map<String, Object> event = event("end");
    event.put("stepsDone", stepsDone);
    event.put("reason", reason);
    write(event);
    file.flush();
  }

  @Override
  public void diverged(DivergenceException divergence) {
    Map<String, Object> event = event("divergence");
    event.put("message", divergence.getMessage());
    write(event);
    file.flush();
  }

  private static Map<String, Object> event(String kind) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", kind);
    return event;
  }

  private void write(Map<String, Object> event) {
    try {
      file.append((JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new IllegalStateException("an event is plain values", e);
    }
  }

  @Override
  public Map<String, double[]> save() {
    return file.save();
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    file.restore(saved);
  }

  @Override
  public void close() {
    file.close();
  }
}
