package dev.idem.runs.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.runs.sweep.SweepFolder.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFolderTest {

  private static final Start START = new Start("a.yaml", List.of("seeds=1"), "0.1.0", "abc");

  @TempDir Path temporary;

  @Test
  void whatASweepWasStartedWithIsReadBack() throws IOException {
    SweepFolder folder = new SweepFolder(temporary.resolve("sweep"));
    folder.begin("seeds: [1, 2]\n", START);

    assertThat(folder.isSweep()).isTrue();
    assertThat(folder.start()).isEqualTo(START);
  }

  @Test
  void aStartThatIsCutOffIsReportedWithItsFile() throws IOException {
    SweepFolder folder = new SweepFolder(temporary);
    folder.begin("seeds: [1, 2]\n", START);
    folder.write("sweep.json", "{\"name\": \"a.yaml\",");

    assertThatThrownBy(folder::start)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("sweep folder (%s): sweep.json is damaged: Unexpected", temporary)
        .hasMessageEndingWith("start again in another folder")
        .hasMessageNotContaining("Source");
  }
}
