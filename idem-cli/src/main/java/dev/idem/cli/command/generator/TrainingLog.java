package dev.idem.cli.command.generator;

import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingPlan;
import dev.idem.eval.figure.OutputFolder;
import dev.idem.eval.figure.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Each step's terms in {@code training.csv}, as they come, and progress on the console. */
final class TrainingLog implements TrainingListener, AutoCloseable {

  private static final String NAME = "training.csv";

  private final Path file;
  private final BufferedWriter writer;
  private final Progress progress;
  private final long steps;

  private TrainingLog(Path file, BufferedWriter writer, Progress progress, long steps) {
    this.file = file;
    this.writer = writer;
    this.progress = progress;
    this.steps = steps;
  }

  static TrainingLog open(OutputFolder folder, TrainingPlan plan, Progress progress)
      throws IOException {
    Path file = folder.path().resolve(NAME);
    return new TrainingLog(file, Files.newBufferedWriter(file), progress, plan.steps());
  }

  @Override
  public void stepped(StepReport report) {
    try {
      if (report.step() == 0) {
        progress.begin("training", steps);
        writer.write("step," + String.join(",", report.terms().keySet()) + ",gradient norm\n");
      }
      String values =
          report.terms().values().stream().map(String::valueOf).collect(Collectors.joining(","));
      writer.write(report.step() + "," + values + "," + report.gradientNorm() + "\n");
      // A run that is cut short leaves whole lines.
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be written".formatted(file), e);
    }
    progress.advance(1);
  }

  @Override
  public void close() throws IOException {
    progress.end();
    writer.close();
  }
}
