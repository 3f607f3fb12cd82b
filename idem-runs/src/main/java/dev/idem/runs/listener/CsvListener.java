package dev.idem.runs.listener;

import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes each step's terms, gradient norm and learning rate as a line of CSV. Resuming a run with
 * other terms is refused.
 */
public final class CsvListener implements StatefulListener, AutoCloseable {

  private final RunFile file;

  /** A listener that writes to {@code path}. */
  public CsvListener(Path path) throws IOException {
    this.file = RunFile.open(path);
  }

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public void started(TrainingTask task) {
    file.clear();
    write(header(task));
  }

  private static StringJoiner header(TrainingTask task) {
    StringJoiner line = new StringJoiner(",");
    line.add("step");
    task.objective().terms().forEach(term -> line.add(quoted(term.name())));
    return line.add("gradient norm").add("learning rate");
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    file.requireHeader(header(task).toString());
    file.goOn();
  }

  @Override
  public void stepped(StepReport report) {
    StringJoiner line = new StringJoiner(",");
    line.add(Long.toString(report.step()));
    report.terms().values().forEach(value -> line.add(Double.toString(value)));
    write(
        line.add(Double.toString(report.gradientNorm()))
            .add(Double.toString(report.learningRate())));
  }

  private static String quoted(String name) {
    return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private void write(StringJoiner line) {
    file.append((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void finished(long stepsDone, String reason) {
    file.flush();
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
