package dev.idem.runs;

import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.StringJoiner;

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
}
