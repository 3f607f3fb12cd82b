package dev.idem.spark;

import com.google.inject.Guice;
import dev.idem.cli.command.IdemModule;
import dev.idem.cli.environment.Environment;
import dev.idem.runs.StopRequest;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import dev.idem.runs.sweep.SweepWorker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs of a second or less, and what they are without Spark. */
final class TinySweep {

  private static final String EXPERIMENT =
      """
      subject: map
      network: {widths: [16, 32, 16]}
      strategy: {name: substituted}
      data: {source: normal-16}
      plan: {steps: %s, batchSize: 16, evaluateEvery: 25, learningRate: 0.05}
      seeds: [%s]
      """;

  private TinySweep() {}

  static SweepTask task(int seed, int steps) {
    return new SweepTask(
        "run-" + seed, EXPERIMENT.formatted(steps, seed), steps, Environment.version());
  }

  static List<SweepTask> tasks(int number) {
    return IntStream.rangeClosed(1, number).mapToObj(seed -> task(seed, 50)).toList();
  }

  /** The metrics of each run, trained one after another in this JVM, by id. */
  static Map<String, Map<String, Double>> direct(List<SweepTask> tasks, Path runs) {
    SweepWorker worker =
        Guice.createInjector(new IdemModule(System.getenv(), List.of()))
            .getInstance(SweepWorker.class);
    return metrics(
        tasks.stream().map(task -> worker.execute(task, runs, new StopRequest())).toList());
  }

  static Map<String, Map<String, Double>> metrics(List<SweepOutcome> outcomes) {
    return outcomes.stream()
        .collect(
            Collectors.toMap(
                SweepOutcome::id,
                SweepOutcome::metrics,
                (one, other) -> {
                  throw new AssertionError("two outcomes of one run");
                },
                TreeMap::new));
  }
}
