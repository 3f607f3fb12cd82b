package dev.idem.cli.run;

import dev.idem.cli.GeneratorCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Experiments that train for seconds, on one thread; of each subject that there is. */
enum SmallExperiment {
  MLP(
      600,
      """
      subject: map
      strategy: {name: substituted}
      network: {widths: [16, 512, 512, 16]}
      data: {source: normal-16}
      plan: {optimizer: {name: adam}, learningRate: 1e-4, batchSize: 256}
      """),
  CNN(
      150,
      """
      subject: map
      strategy: {name: canonical}
      network: {name: cnn-unit-gain}
      data: {source: mnist}
      plan: {optimizer: {name: adam}, learningRate: 1e-4, batchSize: 16}
      """),
  GENERATOR(
      150,
      """
      method: ign
      preset: smoke
      network: {normalization: batch}
      noise: spectral
      plan: {batchSize: 16}
      run: {average: {decay: 0.9, every: 3}}
      """);

  private final long steps;
  private final String subject;

  SmallExperiment(long steps, String subject) {
    this.steps = steps;
    this.subject = subject;
  }

  long steps() {
    return steps;
  }

  Path write(Path folder) throws IOException {
    return Files.writeString(folder.resolve(name() + ".yaml"), subject);
  }

  /** The command line that begins it, but for its folder and settings; a generator's is options. */
  List<String> command(Path folder) throws IOException {
    return this == GENERATOR
        ? List.of(
            "train",
            "ign",
            "--data",
            GeneratorCommands.fewDigits(folder.resolve("digits")),
            "--preset",
            "smoke",
            "--normalization",
            "batch",
            // Estimated anew by every process: in a moment, where covariances take seconds.
            "--noise",
            "spectral",
            "--batch",
            "16",
            "--set",
            "run.average.decay=0.9",
            "--set",
            "run.average.every=3")
        : List.of("run", write(folder).toString());
  }

  /** What every run of it sets. */
  List<String> settings() {
    return settings(steps);
  }

  /** The same of a run of another length. */
  List<String> settings(long steps) {
    return List.of(
        "--set", "plan.steps=" + steps,
        "--set", "plan.evaluateEvery=" + steps / 5,
        "--set", "run.checkpoints.everySteps=5",
        "--set", "run.checkpoints.kept=3",
        "--set", "run.listeners=csv,jsonl" + (this == GENERATOR ? ",tensorboard" : ""),
        "--set", "engine.threads=1",
        "--set", "engine.device=cpu");
  }
}
