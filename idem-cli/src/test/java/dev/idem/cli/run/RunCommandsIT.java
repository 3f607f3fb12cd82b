package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What befalls runs, and what is said of it. */
class RunCommandsIT {

  private static final long MILLI = 1_000_000;

  @TempDir Path temporary;

  /** A run of a second or so. */
  private Path small() throws IOException {
    return Files.writeString(
        temporary.resolve("small.yaml"),
        """
        subject: map
        strategy: {name: substituted}
        network: {widths: [16, 8, 16]}
        data: {source: normal-16}
        plan: {steps: 40, evaluateEvery: 10, batchSize: 8}
        run: {checkpoints: {everySteps: 10}}
        engine: {threads: 1}
        """);
  }

  private Console idem(String... arguments) {
    return Console.run(arguments);
  }

  @Test
  void aRunIsDoneAgainToTheLastByteAndItsMapCanBeMeasured() throws IOException {
    String run = temporary.resolve("run").toString();
    assertThat(idem("run", small().toString(), "--out", run, "--set", "run.listeners=tensorboard"))
        .satisfies(outcome -> assertThat(outcome.exitCode()).as(outcome.all()).isZero());

    Console again = idem("reproduce-run", run);
    assertThat(again.exitCode()).as(again.all()).isZero();
    assertThat(again.out()).contains("weights.safetensors", "reproduced to the last byte");
    assertThat(temporary.resolve("run/provenance.json"))
        .content()
        .contains("\"commit\"", "\"fingerprint\"", "\"processor\"", "\"threads\" : 1");
    assertThat(temporary.resolve("run/run.log")).content().contains("completed after 40 steps");
    assertThat(temporary.resolve("run/tensorboard")).isNotEmptyDirectory();
    assertThat(temporary.resolve("run/saved-model")).isNotEmptyDirectory();
    assertThat(temporary.resolve("run/index.html"))
        .content()
        .contains("ended after 40 of 40 steps: completed", "idempotency-error", "reproduce-run");
    assertThat(idem("run", "--resume", run).out()).contains("is complete; nothing to do");
  }

  @Test
  void aDifferentRunIsNotSaidToBeTheSame() throws IOException {
    Path run = temporary.resolve("run");
    idem("run", small().toString(), "--out", run.toString());
    Path experiment = run.resolve("experiment.yaml");
    Files.writeString(
        experiment, Files.readString(experiment).replaceFirst("seeds: \\[1]", "seeds: [2]"));

    Console again = idem("reproduce-run", run.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.out()).contains("differs from byte", "NOT reproduced", "what else differs");
  }

  @Test
  void severalSeedsHaveAFolderEach() throws IOException {
    Path out = temporary.resolve("runs");
    Console outcome =
        idem("run", small().toString(), "--out", out.toString(), "--set", "seeds=1,2");
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    assertThat(out.resolve("seed-1/weights.safetensors")).isNotEmptyFile();
    assertThat(
            Files.mismatch(
                out.resolve("seed-1/weights.safetensors"),
                out.resolve("seed-2/weights.safetensors")))
        .isNotNegative();

    // A second seed that was not reached, and nothing of it written, is begun by --resume.
    byte[] weights = Files.readAllBytes(out.resolve("seed-2/weights.safetensors"));
    deleted(out.resolve("seed-2"));
    Console resumed = idem("run", "--resume", out.toString());
    assertThat(resumed.exitCode()).as(resumed.all()).isZero();
    assertThat(resumed.out()).contains("seed-1 is complete; nothing to do");
    assertThat(out.resolve("seed-2/weights.safetensors")).hasBinaryContent(weights);

    Console again = idem("reproduce-run", out.toString());
    assertThat(again.exitCode()).as(again.all()).isZero();
    assertThat(temporary.resolve("runs-again/seed-2/weights.safetensors"))
        .hasBinaryContent(weights);

    assertThat(idem("run", small().toString(), "--out", out.toString()).err())
        .contains("already holds runs of several seeds; resume them with --resume");
    assertThat(idem("export", "--model", out.toString(), "--out", out + "-saved").err())
        .contains("holds runs of several seeds; name the folder of one of them");
  }

  @Test
  void aSeedThatDivergesLeavesTheOthersToRun() throws IOException {
    Path out = temporary.resolve("runs");
    Console outcome =
        idem(
            "run",
            small().toString(),
            "--out",
            out.toString(),
            "--set",
            "seeds=1,2",
            "--set",
            "plan.learningRate=1e30");
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    assertThat(outcome.err()).contains("idem: seed 1: ", "idem: seed 2: ");
    assertThat(out.resolve("seed-1/index.html"))
        .content()
        .contains("<p class=\"failed\">", "stopped, ", "not finite", "run --resume");
    assertThat(out.resolve("index.html"))
        .content()
        .contains("href=\"seed-1/index.html\"", "href=\"seed-2/index.html\"", "not ended");
  }

  @Test
  void theWordsOfAFolderAreNoMarkupAndItsPageCanBeWrittenAgain() throws IOException {
    Path out = temporary.resolve("<script>alert('1')</script>").resolve("<b>");
    Console outcome = idem("run", small().toString(), "--out", out.toString());
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    String page = Files.readString(out.resolve("index.html"));
    assertThat(page)
        .contains("<h1>Run &lt;b&gt;</h1>", "&lt;script&gt;alert(")
        .doesNotContain("<script", "<b>");

    Files.delete(out.resolve("index.html"));
    assertThat(idem("report", out.toString()).exitCode()).isZero();
    assertThat(out.resolve("index.html")).hasContent(page);

    Files.writeString(out.resolve("metrics.csv"), "steps done,power\n0,1.5\n10,<i>\n");
    Files.writeString(out.resolve("provenance.json"), "{");
    assertThat(idem("report", out.toString()).exitCode()).isZero();
    assertThat(out.resolve("index.html"))
        .content()
        .contains("metrics.csv is damaged after line 2; what precedes is shown");
    assertThat(idem("report", temporary.toString()).err())
        .contains("holds neither a run (experiment.yaml) nor an evaluation (metrics.json)");
  }

  @Test
  void severalSeedsThatCannotBeginLeaveNothingThatIsInTheWay() throws IOException {
    String out = temporary.resolve("runs").toString();
    assertThat(
            idem(
                "run",
                small().toString(),
                "--out",
                out,
                "--set",
                "seeds=1,2",
                "--set",
                "engine.device=gpu:9"))
        .extracting(Console::exitCode)
        .isEqualTo(2);
    assertThat(temporary.resolve("runs/seeds.yaml")).doesNotExist();
  }

  @Test
  void aSignalSavesTheRunAndASecondProcessIsRefusedMeanwhile() throws IOException {
    SmallExperiment experiment = SmallExperiment.MLP;
    Path folder = temporary.resolve("run");
    Path log = temporary.resolve("log.txt");
    List<String> arguments =
        new ArrayList<>(
            List.of("run", experiment.write(temporary).toString(), "--out", folder.toString()));
    arguments.addAll(experiment.settings());
    IdemProcess run = IdemProcess.start(log, arguments.toArray(String[]::new));
    awaitFirstCheckpoint(run, folder);

    Console second = idem("run", "--resume", folder.toString());
    assertThat(second.exitCode()).as(second.all()).isEqualTo(1);
    assertThat(second.err())
        .contains("is in use by process", "wait for it to end, or name another folder");

    run.terminate();
    assertThat(run.exitCode()).as(run.output()).isEqualTo(130);
    assertThat(run.output()).contains("interrupted after", "saved as", "--resume");
    assertThat(folder.resolve("result.json")).doesNotExist();
  }

  private static void awaitFirstCheckpoint(IdemProcess run, Path folder) throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    while (!Files.isDirectory(checkpoints) || isEmpty(checkpoints)) {
      assertThat(run.isAlive()).as(run.output()).isTrue();
      LockSupport.parkNanos(5 * MILLI);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.noneMatch(file -> String.valueOf(file.getFileName()).startsWith("step-"));
    }
  }

  /** A run of some seconds, and what it says once its folder has been done away with. */
  private Console doneAwayWith(Path folder, Consumer<Path> away) throws Exception {
    String experiment = small().toString();
    CompletableFuture<Console> run =
        CompletableFuture.supplyAsync(
            () ->
                idem(
                    "run",
                    experiment,
                    "--out",
                    folder.toString(),
                    "--set",
                    "plan.steps=3000",
                    "--set",
                    "plan.evaluateEvery=1000"));
    Path second = folder.resolve("checkpoints/step-000000000020.checkpoint");
    while (!Files.exists(second)) {
      assertThat(run).isNotDone();
      LockSupport.parkNanos(MILLI);
    }
    away.accept(folder);
    Console outcome = run.get(60, TimeUnit.SECONDS);
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    assertThat(outcome.err())
        .containsPattern(
            "could not be written \\((its folder is gone|it was removed while it was being"
                + " written)\\); the run ends here")
        .hasLineCount(1);
    assertThat(folder).doesNotExist();
    return outcome;
  }

  @Test
  void aRunEndsWhenItsFolderIsMovedAndResumesElsewhere() throws Exception {
    Path aside = temporary.resolve("aside");
    doneAwayWith(
        temporary.resolve("run"),
        folder -> {
          try {
            Files.move(folder, aside);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    Path experiment = aside.resolve("experiment.yaml");
    String content = Files.readString(experiment);
    Files.writeString(experiment, content.replaceFirst("steps: 3000", "steps: 3001"));
    Console other = idem("run", "--resume", aside.toString());
    assertThat(other.err()).as("another plan").contains("plan.steps (3001) was 3000");
    Files.writeString(experiment, content);
    assertThat(idem("run", "--resume", aside.toString()))
        .satisfies(
            resumed -> {
              assertThat(resumed.exitCode()).as(resumed.all()).isZero();
              assertThat(resumed.out()).contains("resuming after step", "completed after 3000");
            });
  }

  @Test
  void aFolderThatIsRemovedEndsTheRun() throws Exception {
    doneAwayWith(
        temporary.resolve("run"),
        folder -> {
          while (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
              walk.sorted(Comparator.reverseOrder()).forEach(RunCommandsIT::delete);
            } catch (IOException | UncheckedIOException e) {
              // The run made or removed a file meanwhile.
            }
          }
        });
  }

  private static void deleted(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(RunCommandsIT::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A folder that got another file meanwhile.
    }
  }

  /** Where nobody may write, the system's administrator included. */
  @ParameterizedTest
  @ValueSource(strings = {"taken/run", "/proc/run", "/proc/self/run"})
  void aFolderThatCannotBeWrittenToIsReportedAtOnce(String name) throws IOException {
    Files.writeString(temporary.resolve("taken"), "kept");
    Path folder = temporary.resolve(name);
    assumeThat(folder.getParent()).exists();
    Console outcome = idem("run", small().toString(), "--out", folder.toString());
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("run folder (%s) cannot be created or written to".formatted(folder))
        .contains("name another folder")
        .hasLineCount(1);
    assertThat(temporary.resolve("taken")).hasContent("kept");
  }

  /** A file that may not grow is what a full disk is like, and needs no disk to fill. */
  @Test
  void withNoRoomForACheckpointTheRunEndsAndSaysSo() throws IOException {
    SmallExperiment experiment = SmallExperiment.MLP;
    Path folder = temporary.resolve("run");
    List<String> arguments =
        new ArrayList<>(
            List.of("run", experiment.write(temporary).toString(), "--out", folder.toString()));
    arguments.addAll(experiment.settings());
    IdemProcess run =
        IdemProcess.limited(temporary.resolve("log.txt"), 200, arguments.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output())
        .contains("checkpoint", "could not be written", "resumes from the last checkpoint")
        .doesNotContain("\tat ");
  }

  @Test
  void aDamagedCheckpointIsPassedOverAndNamed() throws IOException {
    Path folder = temporary.resolve("run");
    idem("run", small().toString(), "--out", folder.toString());
    Files.delete(folder.resolve("result.json"));
    byte[] whole = Files.readAllBytes(folder.resolve("weights.safetensors"));
    Path newest = folder.resolve("checkpoints/step-000000000040.checkpoint");
    byte[] content = Files.readAllBytes(newest);
    content[content.length / 2] ^= 1;
    Files.write(newest, content);

    Console resumed = idem("run", "--resume", folder.toString());
    assertThat(resumed.exitCode()).as(resumed.all()).isZero();
    assertThat(resumed.out())
        .contains(
            "resuming after step 30, from step-000000000030.checkpoint; not"
                + " step-000000000040.checkpoint, which is damaged or truncated");
    assertThat(folder.resolve("weights.safetensors")).hasBinaryContent(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run                                        | name an experiment file, or --resume DIR",
        "run nope.yaml --out OUT                    | no such file",
        "run EXPERIMENT --out OUT --set plan.stepz=3| unknown key 'plan.stepz'; did you mean 'plan.steps'?",
        "run EXPERIMENT --out OUT --set engine.device=gpu:7 | gpu:7",
        "run --resume OUT                           | holds no run: experiment.yaml is missing",
        "run --resume OUT --out OUT                 | --resume takes everything from the run's folder",
        "reproduce-run OUT                          | holds no run",
        "export --model OUT --out OUT               | does not exist",
        "export --model OUT --out OUT --input y     | --input (y) must be one of [z, x]",
        "export --model OUT --out OUT --format h5   | --format (h5) must be saved-model, safetensors or onnx",
        "export --model OUT --out OUT --format onnx | must end in .onnx for --format onnx",
      })
  void errorsAreReportedInALineOrTwo(String line, String expected) throws IOException {
    String[] arguments =
        line.strip()
            .replace("EXPERIMENT", small().toString())
            .replace("OUT", temporary.resolve("out").toString())
            .split(" ");
    Console outcome = idem(arguments);

    assertThat(outcome.exitCode()).as(outcome.all()).isIn(1, 2);
    assertThat(outcome.err()).contains(expected).doesNotContain("\tat ");
    assertThat(outcome.err().lines()).hasSizeLessThanOrEqualTo(2);
  }
}
