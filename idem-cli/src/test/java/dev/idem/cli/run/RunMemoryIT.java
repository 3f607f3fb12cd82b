package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run with every listener and many checkpoints leaves the process no larger than it was after
 * warm-up. How many steps is {@code -Didem.soakSteps}, 10,000 if not given.
 */
@EnabledOnOs(OS.LINUX)
class RunMemoryIT {

  private static final int STEPS = Integer.getInteger("idem.soakSteps", 10_000);
  private static final Path STATUS = Path.of("/proc/self/status");

  @TempDir Path temporary;

  @Tag("long")
  @Test
  void residentMemoryIsFlatWithListenersAndCheckpoints() throws IOException, InterruptedException {
    Path experiment =
        Files.writeString(
            temporary.resolve("soak.yaml"),
            """
            subject: map
            strategy: {name: substituted}
            network: {widths: [16, 32, 16]}
            data: {source: normal-16}
            plan: {optimizer: {name: adam}, learningRate: 1e-4, batchSize: 16}
            run:
              listeners: [csv, jsonl, tensorboard]
              average: {decay: 0.99, every: 10}
              checkpoints: {everySteps: 500, kept: 2}
            engine: {threads: 1, device: cpu}
            """);
    Path folder = temporary.resolve("run");
    List<Sample> samples = new ArrayList<>();
    ScheduledExecutorService gauge = Executors.newSingleThreadScheduledExecutor();
    Future<?> sampling =
        gauge.scheduleWithFixedDelay(
            () -> sample(folder, samples), 100, 100, TimeUnit.MILLISECONDS);
    Console outcome;
    try {
      outcome =
          Console.run(
              "run",
              experiment.toString(),
              "--out",
              folder.toString(),
              "--set",
              "plan.steps=" + STEPS,
              "--set",
              "plan.evaluateEvery=500");
    } finally {
      sampling.cancel(false);
      gauge.shutdown();
      assertThat(gauge.awaitTermination(10, TimeUnit.SECONDS)).as("gauge ended").isTrue();
    }
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    assertThat(folder.resolve("steps.csv")).content().hasLineCount(STEPS + 1);
    assertThat(samples).as("samples").hasSizeGreaterThan(8);
    // The first fifth warms up: code is compiled, pools are filled.
    long warm = peak(samples, STEPS / 5, 2 * STEPS / 5);
    long late = peak(samples, 4 * STEPS / 5, STEPS);
    assertThat(late).as("kB resident at steps: %s", samples).isLessThan(warm + warm / 20);
    Files.writeString(
        Path.of("target", "soak.txt"),
        String.format(
            Locale.ROOT,
            "%d steps: %d kB after warm-up, %d kB at the end, %+.2f %%%n",
            STEPS,
            warm,
            late,
            100.0 * (late - warm) / warm));
  }

  /** Resident memory when the newest checkpoint was of {@code step}. */
  private record Sample(long step, long kilobytes) {}

  private static void sample(Path folder, List<Sample> to) {
    long step = newest(folder);
    if (step > 0 && (to.isEmpty() || to.get(to.size() - 1).step() != step)) {
      // What is garbage is not growth.
      System.gc();
      to.add(new Sample(step, residentKilobytes()));
    }
  }

  private static long newest(Path folder) {
    try (var files = Files.list(folder.resolve("checkpoints"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("step-"))
          .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
          .max()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static long peak(List<Sample> samples, long from, long to) {
    return samples.stream()
        .filter(sample -> sample.step() >= from && sample.step() <= to)
        .mapToLong(Sample::kilobytes)
        .max()
        .orElseThrow();
  }

  private static long residentKilobytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
