package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatedFolderTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-28T23:30:00Z"));

  @TempDir private Path parent;

  private Path next(String zone) {
    return DatedFolder.in(parent, "ign", CLOCK, ZoneId.of(zone));
  }

  @Test
  void isOfTheDayWhereTheUserIs() {
    assertThat(next("UTC")).isEqualTo(parent.resolve("2026-11-28-ign"));
    assertThat(next("Europe/Berlin")).isEqualTo(parent.resolve("2026-11-29-ign"));
  }

  @Test
  void isNumberedFromTheSecondOn() throws IOException {
    for (String name : new String[] {"2026-11-28-ign", "2026-11-28-ign-2", "2026-11-28-ign-3"}) {
      Path folder = next("UTC");
      assertThat(folder).isEqualTo(parent.resolve(name));
      Files.createDirectory(folder);
    }
  }

  @Test
  void isNamedAfterAFileWithoutItsExtension() {
    assertThat(DatedFolder.nameOf(Path.of("a/digits.yaml"))).isEqualTo("digits");
    assertThat(DatedFolder.nameOf(Path.of("v1.2.yml"))).isEqualTo("v1.2");
    assertThat(DatedFolder.nameOf(Path.of("experiment"))).isEqualTo("experiment");
  }
}
