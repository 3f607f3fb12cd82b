package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that a person watches. */
class TerminalIT {

  private static final long MILLI = 1_000_000;

  @TempDir Path temporary;

  /** With a checkpoint every few milliseconds, so that one is being written; a hasty hand. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void controlCSavesARunWhoseBarIsDrawn() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script of util-linux");
    SmallExperiment experiment = SmallExperiment.MLP;
    Path folder = temporary.resolve("run");
    List<String> arguments =
        new ArrayList<>(
            List.of("run", experiment.write(temporary).toString(), "--out", folder.toString()));
    arguments.addAll(experiment.settings());
    IdemProcess run =
        IdemProcess.onTerminal(temporary.resolve("log.txt"), arguments.toArray(String[]::new));
    while (!run.output().contains("/" + experiment.steps()) || !hasCheckpoint(folder)) {
      assertThat(run.isAlive()).as(run.output()).isTrue();
      LockSupport.parkNanos(5 * MILLI);
    }
    run.pressControlC();
    run.pressControlC();

    assertThat(run.exitCode()).as(run.output()).isEqualTo(130);
    assertThat(run.output()).contains("press Ctrl-C again", "interrupted after", "saved as");
    assertThat(folder.resolve("run.log")).content().contains("interrupted after");
    assertThat(folder.resolve("result.json")).doesNotExist();
  }

  private static boolean hasCheckpoint(Path folder) throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (var files = Files.list(checkpoints)) {
      return files.findAny().isPresent();
    }
  }
}
