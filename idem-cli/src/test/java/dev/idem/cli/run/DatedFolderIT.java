package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and sweeps that are given no folder. */
class DatedFolderIT {

  private final Path temporary;
  private final Path log;

  DatedFolderIT(@TempDir Path temporary) {
    this.temporary = temporary;
    this.log = temporary.resolve("log.txt");
  }

  /** What a process printed as its first line, as a folder that exists. */
  private Path folder(String... arguments) throws IOException {
    Files.deleteIfExists(log);
    IdemProcess process = IdemProcess.in(temporary, log, arguments);
    assertThat(process.exitCode()).as(process.output()).isZero();
    List<String> lines = process.output().lines().toList();
    assertThat(lines.get(0)).startsWith("folder     runs/");
    return temporary.resolve(lines.get(0).substring("folder     ".length()));
  }

  private void write(String file) throws IOException {
    Files.writeString(
        temporary.resolve(file),
        """
        subject: map
        preset: smoke
        strategy: {name: substituted}
        network: {widths: [16, 16]}
        data: {source: normal-16}
        """);
  }

  @Test
  void aRunGetsOneOfTheDayAndTheName() throws IOException {
    write("small.yaml");
    Path run = folder("run", "small.yaml", "--quiet");
    assertThat(run.getFileName().toString()).matches("\\d{4}-\\d\\d-\\d\\d-small");
    assertThat(run.resolve("result.json")).exists();
  }

  @Tag("long")
  @Test
  void aSweepGetsOneToo() throws IOException {
    write("small.yaml");
    Path run = folder("run", "small.yaml", "--quiet");
    Path sweep = folder("sweep", "small.yaml");
    assertThat(sweep.getFileName().toString()).matches("\\d{4}-\\d\\d-\\d\\d-small(-2)?");
    assertThat(sweep).isNotEqualTo(run);
    assertThat(sweep.resolve("runs.csv")).exists();
  }
}
