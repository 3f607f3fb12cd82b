package dev.idem.runs;

import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * Writes each step's terms, gradient norm and learning rate as a line of CSV. Resuming a run with
 * other terms is refused.
 */
public final class CsvListener extends RunFile {

  /** A listener that writes to {@code path}. */
  public CsvListener(Path path) throws IOException {
    super("csv", path);
  }

  @Override
  public void started(TrainingTask task) {
    super.started(task);
    appendLine(header(task));
  }

  private static String header(TrainingTask task) {
    StringJoiner line = new StringJoiner(",");
    line.add("step");
    task.objective().terms().forEach(term -> line.add(quoted(term.name())));
    return line.add("gradient norm").add("learning rate").toString();
  }

  private static String quoted(String name) {
    return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    requireHeader(header(task));
    super.resumed(task, stepsDone);
  }

  @Override
  public void stepped(StepReport report) {
    StringJoiner line = new StringJoiner(",");
    line.add(Long.toString(report.step()));
    report.terms().values().forEach(value -> line.add(Double.toString(value)));
    line.add(Double.toString(report.gradientNorm())).add(Double.toString(report.learningRate()));
    appendLine(line.toString());
  }

  /** The file has every step so far when an evaluation shows them. */
  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    flush();
  }

  /**
   * Writes each evaluation's metrics as a line of CSV; their names contain neither commas nor
   * quotes. Resuming a run with other metrics is refused.
   */
  static final class Evaluations extends RunFile {

    private final Map<String, ToDoubleFunction<NetworkView>> metrics;

    Evaluations(Path path, Map<String, ToDoubleFunction<NetworkView>> metrics) throws IOException {
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
}
