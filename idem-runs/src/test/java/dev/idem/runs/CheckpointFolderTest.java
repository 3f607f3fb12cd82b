package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.check.Require;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.runs.experiment.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest intact checkpoint is found, whatever happened to the others. */
class CheckpointFolderTest {

  @TempDir Path path;

  @Test
  void keepsTheNewestAndTheBest() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 2);
    folder.writeBest(Checkpoints.after(10));
    for (long step = 10; step <= 50; step += 10) {
      folder.write(Checkpoints.after(step));
    }

    assertThat(names())
        .containsExactlyInAnyOrder(
            "best.checkpoint", "step-000000000040.checkpoint", "step-000000000050.checkpoint");
    assertThat(folder.best("run-1", 10).checkpoint().state().stepsDone()).isEqualTo(10);
  }

  @Test
  void aBestThatIsLostIsFoundAsOneOfTheNewestOrRefusedByName() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 2);
    Path best = folder.writeBest(Checkpoints.after(20));
    folder.write(Checkpoints.after(20));
    folder.write(Checkpoints.after(30));
    assertThat(folder.best("run-1", 20).refused()).isEmpty();
    assertThatThrownBy(() -> folder.best("run-1", 30 + 1))
        .hasMessage(
            "neither best.checkpoint, which belongs to another run or an earlier step, nor"
                + " step-000000000031.checkpoint, which is missing");

    byte[] damaged = Files.readAllBytes(best);
    damaged[100] ^= 1;
    Files.write(best, damaged);
    assertThat(folder.best("run-1", 20).description())
        .isEqualTo(
            "step-000000000020.checkpoint; not best.checkpoint, which is damaged or truncated: its"
                + " SHA-256 differs");
    folder.write(Checkpoints.after(40));
    assertThatThrownBy(() -> folder.best("run-1", 20))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("neither best.checkpoint, which is damaged")
        .hasMessageContaining("nor step-000000000020.checkpoint, which is missing");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void anEmptyFolderHasNone() throws IOException {
    assertThat(new CheckpointFolder(path, 2).newestIntact("run-1", checkpoint -> {})).isEmpty();
  }

  @Test
  void passesOverWhatIsDamagedAndSaysSo() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 3);
    folder.write(Checkpoints.after(10));
    Path cut = folder.write(Checkpoints.after(20));
    Path damaged = folder.write(Checkpoints.after(30));
    byte[] content = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(content, content.length - 5));
    byte[] other = Files.readAllBytes(damaged);
    other[100] ^= 1;
    Files.write(damaged, other);

    CheckpointFolder.Found found = folder.newestIntact("run-1", checkpoint -> {}).orElseThrow();

    assertThat(found.checkpoint().state().stepsDone()).isEqualTo(10);
    assertThat(found.description())
        .isEqualTo(
            "step-000000000010.checkpoint; not step-000000000030.checkpoint,"
                + " step-000000000020.checkpoint, which is damaged or truncated: its SHA-256"
                + " differs");
  }

  @Test
  void anOlderOneIsTakenIfTheRunCannotResumeFromTheNewest() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 3);
    folder.write(Checkpoints.after(10));
    folder.write(Checkpoints.after(20));

    CheckpointFolder.Found found =
        folder
            .newestIntact(
                "run-1",
                checkpoint ->
                    Require.argument(checkpoint.state().stepsDone() == 10, "steps.csv is short"))
            .orElseThrow();

    assertThat(found.description())
        .isEqualTo(
            "step-000000000010.checkpoint; not step-000000000020.checkpoint, as steps.csv is short");
  }

  @Test
  void ifNoneIsIntactItSaysWhyOfEach() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 3);
    Files.writeString(path.resolve("step-000000000007.checkpoint"), "hello");

    assertThatThrownBy(() -> folder.newestIntact("run-1", checkpoint -> {}))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("no checkpoint in")
        .hasMessageContaining("is not a checkpoint, or is truncated (5 bytes)");
  }

  @Test
  void anotherRunsCheckpointsAreNotTakenAndTheReasonIsReportedOnce() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 3);
    folder.write(Checkpoints.after(10));
    folder.write(Checkpoints.after(20));

    assertThatThrownBy(() -> folder.newestIntact("run-2", checkpoint -> {}))
        .hasMessageEndingWith(
            "can be used: step-000000000020.checkpoint, step-000000000010.checkpoint,"
                + " which belongs to another run");
  }

  @Test
  void leftoversOfAnInterruptedWriteAreNoCheckpoints() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path, 3);
    folder.write(Checkpoints.after(10));
    Files.writeString(path.resolve(".step-000000000020.checkpoint.tmp"), "half");

    assertThat(
            folder
                .newestIntact("run-1", checkpoint -> {})
                .orElseThrow()
                .checkpoint()
                .state()
                .stepsDone())
        .isEqualTo(10);
  }

  @Test
  void aFolderThatIsGoneIsNamed() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(path.resolve("gone"), 3);

    assertThatThrownBy(() -> folder.write(Checkpoints.after(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("checkpoint " + path.resolve("gone"))
        .hasMessageContaining("could not be written (its folder is gone)");
  }

  @Test
  void countsThatWouldKeepOrSaveNothingAreRefused() {
    assertThatThrownBy(() -> new CheckpointFolder(Path.of("run"), 0))
        .hasMessageContaining("number of checkpoints kept (0) must be positive");
    assertThatThrownBy(() -> new RunOptions.Checkpoints(0, 300, 2))
        .hasMessageContaining("everySteps (0) must be positive");
    assertThatThrownBy(() -> new RunOptions.Checkpoints(1, 0, 2))
        .hasMessageContaining("everySeconds (0) must be positive");
    assertThatThrownBy(() -> new RunOptions.Average(OptionalDouble.of(1), 1))
        .hasMessageContaining("decay (1.0)");
    assertThatThrownBy(() -> new RunOptions.EarlyStopping(Optional.empty(), 0))
        .hasMessageContaining("patience (0) must be positive");
  }
}
