package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps from the command line, on this machine. */
class SweepIT {

  private static final long MILLI = 1_000_000;

  @TempDir Path temporary;

  private String file(String more) throws IOException {
    return Files.writeString(
            temporary.resolve("sweep.yaml"),
            """
            subject: map
            strategy: {name: [canonical, substituted]}
            network: {widths: [16, 32, 16]}
            data: {source: normal-16}
            plan: {steps: 40, evaluateEvery: 20, batchSize: 8, learningRate: [0.01, 0.1]}
            seeds: [1, 2]
            sweep: {metric: relative-error}
            """
                + more)
        .toString();
  }

  private String folder(String name) {
    return temporary.resolve(name).toString();
  }

  private static Console succeeded(String... arguments) {
    Console outcome = Console.run(arguments);
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    return outcome;
  }

  @Test
  void resultsDoNotDependOnTheJobsAndARunIsThatOfItsFile() throws IOException {
    String file = file("");
    Console dry = succeeded("sweep", file, "--dry-run");
    Console swept = succeeded("sweep", file, "--out", folder("one"), "--jobs", "1");
    succeeded("sweep", file, "--out", folder("three"), "--jobs", "3");

    assertThat(dry.out())
        .contains("grid, 8 runs: 4 configurations, 2 seeds", "predicted  320 steps");
    assertThat(swept.out()).contains("done       8 finished", "best.yaml");
    Path table = temporary.resolve("one/runs.csv");
    assertThat(temporary.resolve("three/runs.csv")).hasSameBinaryContentAs(table);
    String[] last = Files.readAllLines(table).get(8).split(",");
    assertThat(dry.out()).contains(last[0]);
    assertThat(List.of(last).subList(1, 6))
        .containsExactly("substituted", "0.1", "2", "finished", "40");

    Path run = temporary.resolve("one/runs").resolve(last[0]);
    String alone = folder("alone");
    succeeded("run", run.resolve("experiment.yaml").toString(), "--out", alone);
    assertThat(Path.of(alone).resolve("weights.safetensors"))
        .hasSameBinaryContentAs(run.resolve("weights.safetensors"));
    assertThat(run.resolve("run.log")).content().containsOnlyOnce("completed after 40 steps");

    for (Path each : list(temporary.resolve("three/runs"))) {
      assertThat(each.resolve("run.log")).content().containsOnlyOnce("completed after 40 steps");
    }

    Console again = succeeded("sweep", "--resume", folder("one"));
    assertThat(again.out()).contains("done       8 finished");
    Files.writeString(
        temporary.resolve("one/sweep.yaml"), Files.readString(Path.of(file)).replace("40", "60"));
    Console changed = Console.run("sweep", "--resume", folder("one"));
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.err()).contains("has other runs than when the sweep began; undo the change");
  }

  @Test
  void aKilledSweepRepeatsNothingAndEndsAsIfItHadNotBeen() throws IOException {
    String[] settings = {
      "--set", "plan.steps=700", "--set", "plan.evaluateEvery=350",
      "--set", "run.checkpoints.everySteps=50", "--jobs", "2"
    };
    List<String> arguments = new ArrayList<>(List.of("sweep", file(""), "--out"));
    Path killed = temporary.resolve("killed");
    Path whole = temporary.resolve("whole");
    IdemProcess sweep =
        IdemProcess.start(temporary.resolve("log"), with(arguments, killed.toString(), settings));
    while (outcomes(killed) < 3) {
      assertThat(sweep.isAlive()).as(sweep.output()).isTrue();
      LockSupport.parkNanos(5 * MILLI);
    }
    sweep.kill();
    assertThat(killed.resolve("runs.csv")).doesNotExist();
    Map<Path, byte[]> finished = new HashMap<>();
    for (Path run : list(killed.resolve("runs"))) {
      if (Files.exists(run.resolve("result.json"))) {
        finished.put(run, Files.readAllBytes(run.resolve("result.json")));
      }
    }
    assertThat(finished).hasSizeBetween(3, 7);

    Console resumed = succeeded("sweep", "--resume", killed.toString());
    succeeded(with(arguments, whole.toString(), settings));

    assertThat(resumed.out()).contains("done       8 finished");
    assertThat(killed.resolve("runs.csv")).hasSameBinaryContentAs(whole.resolve("runs.csv"));
    for (Map.Entry<Path, byte[]> run : finished.entrySet()) {
      assertThat(run.getKey().resolve("result.json")).hasBinaryContent(run.getValue());
    }
  }

  private static String[] with(List<String> arguments, String folder, String... settings) {
    return Stream.of(arguments.stream(), Stream.of(folder), Stream.of(settings))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static long outcomes(Path sweep) throws IOException {
    Path journal = sweep.resolve("outcomes.jsonl");
    return Files.exists(journal) ? Files.readAllLines(journal).size() : 0;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void failuresAreRepeatedThenReportedAndLeaveTheRest() throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("sweep.yaml"),
            """
            method: reconstruction
            preset: smoke
            data: {source: ["mnist:/nowhere"]}
            plan: {learningRate: [1e-3, 1e-4]}
            sweep: {metric: reconstruction-error, retries: 1}
            """);

    Console failed = Console.run("sweep", file.toString(), "--out", folder("failed"));

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out().lines().filter(line -> line.contains("no such file"))).hasSize(4);
    assertThat(failed.out())
        .contains("done       2 failed", "no configuration has a finite reconstruction-error");
    assertThat(temporary.resolve("failed/runs.csv")).content().contains(",failed,0,");
    assertThat(temporary.resolve("failed/best.yaml")).doesNotExist();
  }

  @Test
  void refusesWhatItCannotStart() throws IOException {
    String file = file("");
    Path occupied = Files.createDirectory(temporary.resolve("occupied"));
    Files.writeString(occupied.resolve("sweep.yaml"), "");

    refused("name a sweep file, or --resume DIR", "sweep");
    refused("already holds a sweep; resume it", "sweep", file, "--out", occupied.toString());
    refused("holds no sweep: sweep.yaml is missing", "sweep", "--resume", folder("none"));
    refused("holds no sweep", "sweep", "report", folder("none"));
    refused("--jobs (0) must be positive", "sweep", file, "--out", folder("x"), "--jobs", "0");
    refused("unknown runner 'sprak'", "sweep", file, "--out", folder("x"), "--runner", "sprak");
    refused(
        "runner 'spark' is not on the class path",
        "sweep",
        file,
        "--out",
        folder("x"),
        "--runner",
        "spark");
    refused(
        "--master (yarn) is for --runner spark",
        "sweep",
        file,
        "--out",
        folder("x"),
        "--master",
        "yarn");
    refused("--resume takes the file and its values", "sweep", file, "--resume", folder("x"));
    assertThat(temporary.resolve("x")).doesNotExist();
  }

  private static void refused(String message, String... arguments) {
    Console outcome = Console.run(arguments);
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
  }
}
