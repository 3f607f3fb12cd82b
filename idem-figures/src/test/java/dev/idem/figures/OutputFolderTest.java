package dev.idem.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.figures.Table.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  private final Path temporary;

  OutputFolderTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void filesAreWrittenWholeAndNothingElseIsLeft() throws IOException {
    OutputFolder folder = OutputFolder.open(temporary.resolve("a/b"));
    folder.write("x.txt", "one".getBytes(StandardCharsets.UTF_8));
    folder.write("x.txt", "two".getBytes(StandardCharsets.UTF_8));
    assertThat(folder.path()).isDirectoryContaining(p -> p.endsWith("x.txt"));
    assertThat(folder.path().resolve("x.txt")).hasContent("two");
    try (var files = Files.list(folder.path())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(temporary.resolve("f"), "kept");
    assertThatIOException()
        .isThrownBy(() -> OutputFolder.open(file))
        .withMessageContaining("output folder (" + file + ") is a file");
  }

  @Test
  void aFolderInPlaceOfAFileIsNamedAndKept() throws IOException {
    OutputFolder folder = OutputFolder.open(temporary);
    Files.createDirectories(temporary.resolve("taken/inner"));
    assertThatIOException()
        .isThrownBy(() -> folder.write("taken", new byte[1]))
        .withMessageContaining(temporary.resolve("taken") + " could not be written");
    assertThat(temporary.resolve("taken/inner")).isDirectory();
  }

  @Test
  void tablesWriteDoublesInFullAndNameTheirTimings() throws IOException {
    Table table =
        Table.timings(
            "t",
            "caption",
            List.of(0.1),
            List.of(new Column<>("a", x -> "x, y"), new Column<>("b", x -> x + 0.2)));
    new FigureResult(List.of(), List.of(table), List.of()).write(OutputFolder.open(temporary));
    assertThat(temporary.resolve("t-timing.csv")).hasContent("a,b\n\"x, y\",0.30000000000000004\n");
    assertThatThrownBy(
            () -> new Table("t", "c", false, true, List.of("a"), List.of(List.of("x", "y"))))
        .hasMessageContaining("row of 2 cells under a header of 1");
  }
}
