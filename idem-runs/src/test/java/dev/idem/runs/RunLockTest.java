package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process a folder; a dead one is no obstacle. */
class RunLockTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

  @TempDir Path folder;

  @Test
  void theSecondIsRefusedAndTheHolderNamed() throws IOException {
    try (RunLock first = RunLock.take("run folder", folder, CLOCK)) {
      assertThat(first.tookOverFrom()).isEmpty();
      assertThatThrownBy(() -> RunLock.take("run folder", folder, CLOCK))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("since 2026-01-02T03:04:05Z");
    }
  }

  @Test
  void onceGivenBackItCanBeTakenAgain() throws IOException {
    RunLock.take("run folder", folder, CLOCK).close();
    try (RunLock again = RunLock.take("run folder", folder, CLOCK)) {
      assertThat(again.tookOverFrom()).isEmpty();
    }
  }

  @Test
  void aDeadOwnersLockIsTakenOver() throws IOException {
    Files.writeString(folder.resolve("lock"), "process 999999999 of nobody, since long ago");
    try (RunLock lock = RunLock.take("run folder", folder, CLOCK)) {
      assertThat(lock.tookOverFrom()).hasValue("process 999999999 of nobody, since long ago");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNamed() throws IOException {
    Path lock = Files.createDirectory(folder.resolve("lock"));
    assertThatThrownBy(() -> RunLock.take("run folder", folder, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run folder (%s) cannot be written to (%s", folder, lock)
        .hasMessageEndingWith("fix that, or copy it elsewhere");
  }

  @Test
  void whoDidNothingTookNothingOver() throws IOException {
    Files.writeString(folder.resolve("lock"), "process 999999999 of nobody, since long ago");
    try (RunLock lock = RunLock.take("run folder", folder, CLOCK)) {
      lock.leaveAsFound();
    }
    assertThat(folder.resolve("lock")).hasContent("process 999999999 of nobody, since long ago");
  }
}
