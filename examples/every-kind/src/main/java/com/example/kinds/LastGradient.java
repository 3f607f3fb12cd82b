package com.example.kinds;

import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the norm of a run's last gradient into its folder, when the run ends. */
public final class LastGradient implements TrainingListener {
  private final Path file;
  private double norm;

  LastGradient(Path folder) {
    this.file = folder.resolve("last-gradient.txt");
  }

  @Override
  public void stepped(StepReport report) {
    norm = report.gradientNorm();
  }

  @Override
  public void finished(long stepsDone, String reason) {
    try {
      Files.writeString(file, "%d steps, gradient %s%n".formatted(stepsDone, norm));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
