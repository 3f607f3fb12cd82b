package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's best network ends beside its last one, or the run says that it is lost. */
class KeptBestIT {

  @TempDir Path temporary;

  /** Of 30 steps after which the network is worse than it was after the first five. */
  private Path run(String name, String... settings) throws IOException {
    Path experiment =
        Files.writeString(
            temporary.resolve("map.yaml"),
            """
            subject: map
            strategy: {name: substituted}
            network: {widths: [16, 8, 16]}
            data: {source: normal-16}
            plan: {steps: 30, evaluateEvery: 5, batchSize: 8, learningRate: 0.02}
            run:
              best: relative-error
              checkpoints: {everySteps: 5, kept: 2}
            engine: {threads: 1}
            """);
    Path folder = temporary.resolve(name);
    List<String> line =
        new ArrayList<>(List.of("run", experiment.toString(), "--out", folder.toString()));
    for (String setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    Console outcome = Console.run(line.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    return folder;
  }

  private static void interrupt(Path folder) throws IOException {
    for (String late : List.of("result.json", "best.safetensors", "weights.safetensors")) {
      Files.delete(folder.resolve(late));
    }
    Files.delete(folder.resolve("checkpoints/step-000000000030.checkpoint"));
  }

  @Test
  void theBestIsTheNetworkOfARunThatEndedThere() throws IOException {
    Path folder = run("run");
    assertThat(folder.resolve("result.json")).content().contains("\"step\" : 5");
    assertThat(folder.resolve("checkpoints/step-000000000005.checkpoint")).doesNotExist();
    assertThat(folder.resolve("best.safetensors"))
        .hasSameBinaryContentAs(run("short", "plan.steps=5").resolve("weights.safetensors"));
    assertThat(
            Files.mismatch(
                folder.resolve("best.safetensors"), folder.resolve("weights.safetensors")))
        .isNotNegative();
  }

  @Test
  void aLostBestNetworkIsReportedAndTheRunResumesWithoutItOnRequest() throws IOException {
    Path folder = run("run");
    interrupt(folder);
    Path best = folder.resolve("checkpoints/best.checkpoint");
    byte[] content = Files.readAllBytes(best);
    byte[] wrong = content.clone();
    wrong[content.length / 2] ^= 1;
    for (byte[] damaged : List.of(wrong, Arrays.copyOf(content, 40), new byte[0])) {
      Files.write(best, damaged);
      assertLost(folder);
    }
    Files.delete(best);
    assertLost(folder);

    Path experiment = folder.resolve("experiment.yaml");
    Files.writeString(
        experiment, Files.readString(experiment).replaceFirst("best: [a-z-]*", "best: none"));
    Console resumed = Console.run("run", "--resume", folder.toString());
    assertThat(resumed.exitCode()).as(resumed.all()).isZero();
    assertThat(folder.resolve("weights.safetensors")).exists();
    assertThat(folder.resolve("best.safetensors")).doesNotExist();
  }

  private static void assertLost(Path folder) {
    Console refused = Console.run("run", "--resume", folder.toString());
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
    assertThat(refused.err())
        .contains("the best network so far is lost", "best.checkpoint", "set run.best to none in")
        .hasLineCount(1);
    assertThat(folder.resolve("result.json")).doesNotExist();
  }

  @Test
  void aBestThatIsStillAmongTheNewestIsMended() throws IOException {
    Path folder = run("run", "run.checkpoints.kept=9");
    byte[] whole = Files.readAllBytes(folder.resolve("best.safetensors"));
    interrupt(folder);
    Path best = folder.resolve("checkpoints/best.checkpoint");
    byte[] content = Files.readAllBytes(best);
    Files.delete(best);

    Console resumed = Console.run("run", "--resume", folder.toString());
    assertThat(resumed.exitCode()).as(resumed.all()).isZero();
    assertThat(folder.resolve("best.safetensors")).hasBinaryContent(whole);
    assertThat(best).hasBinaryContent(content);
  }
}
