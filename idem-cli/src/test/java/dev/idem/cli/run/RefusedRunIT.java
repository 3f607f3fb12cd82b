package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import dev.idem.models.storage.FileCard;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that cannot be resumed is refused in one line and left as it was. */
class RefusedRunIT {

  private static final int PICTURES = 10;
  private static final int SIDE = 32;

  @TempDir Path temporary;

  /** Every path in a folder, with a card of what is in it: of nothing for a folder. */
  private static Map<String, FileCard> tree(Path folder) throws IOException {
    Map<String, FileCard> tree = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.toList()) {
        byte[] content = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
        tree.put(folder.relativize(path).toString(), FileCard.of(content));
      }
    }
    return tree;
  }

  private static String refused(Path folder, String... more) throws IOException {
    Map<String, FileCard> before = tree(folder);
    List<String> words = new ArrayList<>(List.of("run", "--resume", folder.toString()));
    words.addAll(List.of(more));
    Console outcome = Console.run(words.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    assertThat(outcome.err().lines()).as(outcome.err()).hasSize(1);
    assertThat(tree(folder)).as(outcome.err()).isEqualTo(before);
    return outcome.err();
  }

  /** A run of 20 steps that was killed after its tenth: its last files are as yet unwritten. */
  private Path interruptedMap() throws IOException {
    Path experiment =
        Files.writeString(
            temporary.resolve("map.yaml"),
            """
            subject: map
            strategy: {name: substituted}
            network: {widths: [16, 8, 16]}
            data: {source: normal-16}
            plan: {steps: 20, evaluateEvery: 10, batchSize: 8}
            run:
              listeners: [csv, jsonl, tensorboard]
              checkpoints: {everySteps: 5, kept: 4}
            engine: {threads: 1}
            """);
    Path folder = temporary.resolve("map");
    return interrupted(experiment, folder);
  }

  private static Path interrupted(Path experiment, Path folder) throws IOException {
    Console outcome = Console.run("run", experiment.toString(), "--out", folder.toString());
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    Files.delete(folder.resolve("result.json"));
    Files.delete(folder.resolve("checkpoints/step-000000000020.checkpoint"));
    Files.writeString(folder.resolve("lock"), "process 999999999 of nobody, since long ago");
    return folder;
  }

  @Test
  void aFileThatIsMissingIsNotMadeNorAnotherCut() throws IOException {
    Path folder = interruptedMap();
    // The last that a run asks for, so that all the others have been looked at by then.
    Path events = folder.resolve("tensorboard/events.out.tfevents.0.idem");
    byte[] content = Files.readAllBytes(events);
    Files.delete(events);
    assertThat(refused(folder)).contains("events.out.tfevents.0.idem is missing");
    Files.delete(folder.resolve("tensorboard"));
    assertThat(refused(folder)).contains("events.out.tfevents.0.idem is missing");

    Files.createDirectory(folder.resolve("tensorboard"));
    Files.write(events, content);
    Console resumed = Console.run("run", "--resume", folder.toString());
    assertThat(resumed.exitCode()).as(resumed.all()).isZero();
    assertThat(resumed.out())
        .contains("taken over from process 999999999 of nobody", "resuming after step 15");
  }

  @Test
  void aChangedExperimentIsRefused() throws IOException {
    Path folder = interruptedMap();
    Path experiment = folder.resolve("experiment.yaml");
    Files.writeString(
        experiment, Files.readString(experiment).replaceFirst("seeds: \\[1]", "seeds: [2]"));
    assertThat(refused(folder))
        .contains("experiment.yaml has changed since the run started: seeds ([2]) was [1]");
    Files.writeString(
        experiment,
        Files.readString(experiment)
            .replaceFirst("seeds: \\[2]", "seeds: [1]")
            .replaceFirst("precision: float32", "precision: mixed-bfloat16"));
    assertThat(refused(folder)).contains("engine.precision (mixed-bfloat16) was float32;");
  }

  @Test
  void otherColumnsOfItsFilesAreRefusedByTheirKey() throws IOException {
    Path folder = interruptedMap();
    Path experiment = folder.resolve("experiment.yaml");
    String began = Files.readString(experiment);
    Files.writeString(experiment, began.replaceFirst("metrics: \\[.*?]", "metrics: [power]"));
    assertThat(refused(folder)).contains("run.metrics ([power]) was [idempotency-error, ");
    Files.writeString(experiment, began.replaceFirst("listeners: \\[.*?]", "listeners: [csv]"));
    assertThat(refused(folder))
        .contains("run.listeners ([csv]) was [csv, jsonl, tensorboard]; undo that");
    Files.writeString(experiment, began.replaceFirst("best: none", "best: relative-error"));
    assertThat(refused(folder))
        .contains("run.best (relative-error) was not tracked when the run started");
  }

  /** Trained on {@value PICTURES} pictures, one of them no picture, and interrupted. */
  private Path interruptedGenerator(Path pictures) throws IOException {
    Files.createDirectories(pictures);
    for (int i = 0; i < PICTURES; i++) {
      draw(pictures, i, i);
    }
    Files.writeString(pictures.resolve("notes.png"), "no picture");
    Path experiment =
        Files.writeString(
            temporary.resolve("generator.yaml"),
            """
            method: ign
            preset: smoke
            data: {source: "images:%s", size: 16}
            plan: {steps: 20, evaluateEvery: 20, batchSize: 2}
            run: {checkpoints: {everySteps: 10, kept: 2}}
            engine: {threads: 1}
            """
                .formatted(pictures));
    return interrupted(experiment, temporary.resolve("generator"));
  }

  private static void draw(Path folder, int name, int colour) throws IOException {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < SIDE * SIDE; at++) {
      picture.setRGB(at % SIDE, at / SIDE, (at * (colour + 1) * 977) & 0xffffff);
    }
    ImageIO.write(
        picture,
        "png",
        folder.resolve(String.format(Locale.ROOT, "picture-%02d.png", name)).toFile());
  }

  @Test
  void otherDataIsRefusedByNameAndBothFingerprints() throws IOException {
    Path pictures = temporary.resolve("pictures");
    Path folder = interruptedGenerator(pictures);
    int heldOut = 0;
    for (int i = 0; i < PICTURES; i++) {
      draw(pictures, i, PICTURES);
      String told = refused(folder);
      assertThat(told)
          .contains("provenance.json records different data for '", "start again in another folder")
          .containsPattern("sha256 \\p{XDigit}{12} then, .*, sha256 \\p{XDigit}{12} now");
      heldOut += told.contains("data for 'held out'") ? 1 : 0;
      draw(pictures, i, i);
    }
    assertThat(heldOut).as("pictures held out").isBetween(1, PICTURES - 1);

    // The same pictures in a folder of another name are the same data.
    Path moved = Files.move(pictures, temporary.resolve("moved"));
    assertThat(refused(folder))
        .contains(
            "does not exist", "if the run's data were moved, name their new location with --data");
    Path others = Files.createDirectory(temporary.resolve("others"));
    for (int i = 0; i < PICTURES; i++) {
      draw(others, i, i + 1);
    }
    assertThat(refused(folder, "--data", "images:" + others))
        .contains(
            "provenance.json records different data for '", "name its new location with --data");

    // Its model had been written when it was killed.
    Console resumed =
        Console.run("run", "--resume", folder.toString(), "--data", "images:" + moved);
    assertThat(resumed.exitCode()).as(resumed.all()).isZero();
    assertThat(resumed.out()).contains("resuming after step 10");
    assertThat(folder.resolve("model/model.json"))
        .content()
        .contains("\"data source\" : \"images:" + moved + "\"");
    assertThat(folder.resolve("experiment.yaml")).content().contains("images:" + pictures);
  }
}
