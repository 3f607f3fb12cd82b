package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file goes on from what the run had written to it, and from nothing else. */
class RunFileTest {

  /** Longer than the file's buffer, so that it is read in pieces. */
  private static final byte[] FIRST = new byte[150_000];

  private static final TrainingTask TASK = LinearRun.task(1);

  private final Path path;

  RunFileTest(@TempDir Path folder) {
    path = folder.resolve("file");
  }

  private Map<String, double[]> saved() throws IOException {
    try (RunFile file = new RunFile("file", path)) {
      file.started(TASK);
      file.append(FIRST);
      Map<String, double[]> saved = file.save();
      file.append(new byte[] {1, 2, 3});
      return saved;
    }
  }

  @Test
  void goesOnAndCanBeSavedAgain() throws IOException {
    Map<String, double[]> saved = saved();
    Map<String, double[]> again;
    try (RunFile file = new RunFile("file", path)) {
      file.restore(saved);
      file.resumed(TASK, 1);
      file.append(new byte[] {4});
      again = file.save();
    }
    assertThat(Files.size(path)).isEqualTo(FIRST.length + 1);
    try (RunFile file = new RunFile("file", path)) {
      file.restore(again);
      file.resumed(TASK, 1);
      assertThat(file.save()).usingRecursiveComparison().isEqualTo(again);
    }
  }

  @Test
  void aWrongBitAnywhereIsRefusedAndTheFileLeftAsItIs() throws IOException {
    Map<String, double[]> saved = saved();
    byte[] content = Files.readAllBytes(path);
    for (int at : new int[] {0, 65_535, 65_536, FIRST.length - 1}) {
      byte[] damaged = content.clone();
      damaged[at] ^= 16;
      Files.write(path, damaged);
      try (RunFile file = new RunFile("file", path)) {
        assertThatThrownBy(() -> file.restore(saved))
            .as("byte %d", at)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(path + " does not hold what the run had written to it");
      }
      assertThat(path).hasBinaryContent(damaged);
    }
  }

  @Test
  void aWrongBitBeyondWhatWasSavedIsWrittenAgain() throws IOException {
    Map<String, double[]> saved = saved();
    byte[] damaged = Files.readAllBytes(path);
    damaged[FIRST.length] ^= 16;
    Files.write(path, damaged);
    try (RunFile file = new RunFile("file", path)) {
      file.restore(saved);
      assertThat(path).hasBinaryContent(damaged);
      file.resumed(TASK, 1);
    }
    assertThat(path).hasBinaryContent(FIRST);
  }

  @Test
  void oneThatIsMissingIsRefusedAndNotMade() throws IOException {
    Map<String, double[]> saved = saved();
    Files.delete(path);
    try (RunFile file = new RunFile("file", path)) {
      assertThatThrownBy(() -> file.restore(saved))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(path + " is missing; put the file back");
    }
    assertThat(path).doesNotExist();
  }
}
