package dev.idem.cli;

import static dev.idem.cli.GeneratorCommands.done;
import static dev.idem.cli.GeneratorCommands.drawn;
import static dev.idem.cli.GeneratorCommands.faces;
import static dev.idem.cli.GeneratorCommands.fewDigits;
import static dev.idem.cli.GeneratorCommands.names;
import static dev.idem.cli.GeneratorCommands.refused;
import static dev.idem.cli.GeneratorCommands.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generators trained from the command line: every method, to divergence and collapse, as in the
 * papers. On a few digits: covariances of all of them, and measurements on 256, take seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorTrainingIT {

  private final Path folder;
  private final Path faces;
  private String digits = "";

  GeneratorTrainingIT(@TempDir Path temporary) {
    folder = temporary;
    faces = temporary.resolve("faces");
  }

  @BeforeAll
  void pictures() throws IOException {
    faces(faces);
    digits = fewDigits(folder.resolve("digits"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ign", "reconstruction+canonical", "reconstruction"})
  void everyMethodTrainsAndTheSameSeedGivesTheSameWeights(String method) throws IOException {
    Path first = folder.resolve(method + "-1");
    Path second = folder.resolve(method + "-2");
    for (Path out : List.of(first, second)) {
      Console console =
          done(
              "train",
              method,
              "--data",
              digits,
              "--preset",
              "smoke",
              "--steps",
              "5",
              "--threads",
              "1",
              "--seed",
              "3",
              "--network",
              "mlp",
              "--noise",
              "white",
              "--set",
              "plan.evaluateEvery=3",
              "--set",
              // What is drawn on the way changes nothing of what comes of it.
              "run.listeners=csv" + (out.equals(first) ? ",tensorboard" : ""),
              "--quiet",
              "--out",
              out.toString());
      assertThat(console.out())
          .contains("completed after 5 steps")
          .doesNotContain("training", "plan ");
    }
    for (String file :
        List.of(
            "model/weights.safetensors",
            "model/noise.safetensors",
            "steps.csv",
            "metrics.csv",
            "samples.png")) {
      assertThat(second.resolve(file)).hasBinaryContent(Files.readAllBytes(first.resolve(file)));
    }
  }

  @Test
  void aRunThatDivergesSaysWhereAndLeavesItsNumbersButNoModel() throws IOException {
    Path out = folder.resolve("diverged");
    Console console =
        refused(
            1,
            "train",
            "reconstruction+substituted",
            "--data",
            digits,
            "--preset",
            "smoke",
            "--noise",
            "white",
            "--rate",
            "1e6",
            "--out",
            out.toString());
    assertThat(console.err()).contains("diverged at step ", "lower the learning rate");
    assertThat(names(out)).contains("steps.csv").doesNotContain("model", "samples.png");
    List<String> log = Files.readAllLines(out.resolve("steps.csv"));
    assertThat(log).hasSizeGreaterThanOrEqualTo(2);
    assertThat(log.stream().map(line -> line.split(",", -1).length).distinct()).hasSize(1);
    assertThat(refused(1, "generate", "--model", out.toString()).err())
        .contains("holds a run that has not ended; continue it with 'idem run --resume");
    // Diverged by the last step, after which no loss is computed that could tell.
    Path late = folder.resolve("late");
    Console last =
        refused(
            1,
            "train",
            "reconstruction",
            "--data",
            digits,
            "--preset",
            "smoke",
            "--steps",
            "1",
            "--noise",
            "white",
            "--rate",
            "1e38",
            "--out",
            late.toString());
    assertThat(last.err()).contains("cannot be drawn: f has diverged");
    assertThat(names(late)).contains("steps.csv").doesNotContain("model", "samples.png");
  }

  @Test
  void aGeneratorThatCollapsesIsWarnedOfAndStoppedWhenAskedFor() throws IOException {
    String[] collapsing = {
      "train",
      "reconstruction+substituted",
      "--data",
      digits,
      "--preset",
      "smoke",
      "--steps",
      "150",
      "--batch",
      "8",
      "--noise",
      "white",
      "--weight",
      "1000",
      "--set",
      "plan.evaluateEvery=25"
    };
    Path warned = folder.resolve("warned");
    Console goesOn = done(with(collapsing, "--out", warned.toString()));
    assertThat(goesOn.out())
        .contains("warning at step 100: collapse: effective rank of f(z)")
        .contains("completed after 150 steps");
    Path stopped = folder.resolve("stopped");
    Console stops = done(with(collapsing, "--stop-on-collapse", "--out", stopped.toString()));
    assertThat(stops.out())
        .contains("warning at step 100: collapse:")
        .contains("that of real samples after 125 steps; run: " + stopped);
    assertThat(Files.readAllLines(stopped.resolve("steps.csv"))).hasSize(126);
    assertThat(stopped.resolve("model/model.json")).content().contains("\"ended\" : \"collapse: ");
    assertThat(drawn(folder, "generate", "--n", "4", "--model", stopped.toString())).isNotEmpty();
  }

  @Test
  void ignStopsWhenItCollapsesAndKeepsItsBestNetwork() throws IOException {
    Path out = folder.resolve("ign");
    Console console =
        done(
            "train",
            "ign",
            "--data",
            digits,
            "--steps",
            "200",
            "--batch",
            "16",
            "--set",
            "plan.evaluateEvery=25",
            "--set",
            "schedules.idempotence.name=ramp",
            "--set",
            "schedules.idempotence.to=3000",
            "--set",
            "schedules.idempotence.begin=80",
            "--set",
            "schedules.idempotence.end=90",
            "--out",
            out.toString());
    assertThat(console.out())
        .containsPattern("collapse: .* that of real samples after 1\\d\\d steps; run: ")
        .containsPattern("best error-over-variance: [0-9.]+ after \\d+ steps, kept in ")
        .contains(out.resolve("best-model").toString());
    List<String> metrics = Files.readAllLines(out.resolve("metrics.csv"));
    assertThat(metrics.get(0)).contains("relative-error,error-over-variance,reconstruction-error");
    assertThat(metrics.get(metrics.size() - 1)).contains("Infinity");
    assertThat(drawn(folder, "generate", "--n", "4", "--model", out + "/best-model")).isNotEmpty();
  }

  @Test
  void thePaperPresetTrainsOnDigits() throws IOException {
    trainAsInThePaper("reconstruction+substituted", digits, "2,953,985");
  }

  /** A step of 14 million parameters takes seconds. */
  @Tag("long")
  @Test
  void thePaperPresetTrainsOnColouredPictures() throws IOException {
    trainAsInThePaper("ign", "images:" + faces, "13,905,923");
  }

  private void trainAsInThePaper(String method, String data, String parameters) throws IOException {
    Path out = folder.resolve("paper-" + method);
    Console console =
        done(
            "train",
            method,
            "--preset",
            "paper",
            "--data",
            data,
            "--steps",
            "2",
            "--batch",
            "4",
            "--set",
            "plan.evaluateEvery=2",
            "--set",
            "run.best=none",
            "--out",
            out.toString());
    assertThat(console.out())
        .contains(parameters, "batch normalisation")
        .contains("rate 0.0001, Adam (beta1 0.5, beta2 0.999")
        .contains("completed after 2 steps");
    assertThat(drawn(folder, "generate", "--n", "4", "--model", out.toString())).isNotEmpty();
  }
}
