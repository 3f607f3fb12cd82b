package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path temporary;

  private RunFolder run(String name) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve(name));
    Files.writeString(folder.resolve(RunFolder.EXPERIMENT), "method: ign\n");
    return new RunFolder(folder);
  }

  @Test
  void siblingsAreTheRunsOfOtherSeedsAlone() throws IOException {
    Files.writeString(temporary.resolve(RunFolder.SEEDS), "seeds: [1, 2]\n");
    RunFolder first = run("seed-1");
    RunFolder second = run("seed-2");
    RunFolder unrelated = run("digits");

    assertThat(first.siblings()).containsExactly(second);
    assertThat(first.toResume()).isEqualTo(temporary);
    assertThat(unrelated.siblings()).isEmpty();
    assertThat(unrelated.toResume()).isEqualTo(unrelated.path());
  }
}
